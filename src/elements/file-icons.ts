import { icon } from './icons.ts';

/** Icons that only files have. */
export const fileIcon = icon(
  'M11.25 3H6.5A1.5 1.5 0 0 0 5 4.5v11A1.5 1.5 0 0 0 6.5 17h7a1.5 1.5 0 0 0 1.5-1.5V6.75L11.25 3Zm0 0v3.75H15',
);
export const pictureIcon = icon(
  'M5.5 4h9A1.5 1.5 0 0 1 16 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 4 14.5v-9A1.5 1.5 0 0 1 5.5 4ZM4.3 13.6l3.4-3.4 2.9 2.9 2-2 3.1 3.1M12.6 7.6h.01',
);
export const soundIcon = icon(
  'M8 14.5V5.25l7.5-1.5V13M8 14.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Zm7.5-1.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
);
export const filmIcon = icon(
  'M4.5 5h7A1.5 1.5 0 0 1 13 6.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 13.5v-7A1.5 1.5 0 0 1 4.5 5ZM13 8.9l4-2.4v7l-4-2.4',
);
export const downloadIcon = icon('M10 3.75v8.5m0 0 3.25-3.25M10 12.25 6.75 9M4.25 15.75h11.5');
export const dropIcon = icon(
  'M10 12.5V4m0 0L6.75 7.25M10 4l3.25 3.25M4 12v2.5A1.5 1.5 0 0 0 5.5 16h9a1.5 1.5 0 0 0 1.5-1.5V12',
);
export const zoomInIcon = icon('M13.75 8.75a5 5 0 1 1-10 0 5 5 0 0 1 10 0Zm-1.45 3.55 3.95 3.95M6.75 8.75h4m-2-2v4');
export const zoomOutIcon = icon('M13.75 8.75a5 5 0 1 1-10 0 5 5 0 0 1 10 0Zm-1.45 3.55 3.95 3.95M6.75 8.75h4');

/** What kind of file it is, at a glance. */
export function iconOf(mediaType: string) {
  if (mediaType.startsWith('image/')) return pictureIcon;
  if (mediaType.startsWith('audio/')) return soundIcon;
  return mediaType.startsWith('video/') ? filmIcon : fileIcon;
}
