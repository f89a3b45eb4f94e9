/** Names that colours of a panel's header may have: Chaport's. The shades are ours, dark enough for white words. */
export const WINDOW_COLORS: Readonly<Record<string, string>> = {
  'dark-gray': '#3c4049',
  gray: '#636a76',
  'blue-gray': '#4d6673',
  red: '#c62b2b',
  pink: '#c2185b',
  purple: '#7b1fa2',
  blue: '#1a5fc4',
  'light-blue': '#0272b3',
  teal: '#00766a',
  green: '#2e7d32',
  orange: '#bf4d00',
};
