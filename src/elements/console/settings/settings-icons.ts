import { html } from 'lit';

/** The settings' part of the icon set: 20 px, stroke 1.75, drawn for this project. Decorative, as in `../../icons.ts`. */
const icon = (path: string, points = false) =>
  html`<svg class=${points ? 'points' : ''} viewBox="0 0 20 20" aria-hidden="true"><path d=${path}></path></svg>`;

export const resetIcon = icon('M4.25 8.5A6 6 0 1 1 4 11m-.25-6.5v4h4', true);
export const removeIcon = icon('M4 5.75h12M8 5.5V3.75h4V5.5M5.5 6l.75 10.25h7.5L14.5 6M8.5 9v4.25M11.5 9v4.25');
export const upIcon = icon('M10 15.5v-11m-4.25 4L10 4.25l4.25 4.25');
export const downIcon = icon('M10 4.5v11m-4.25-4L10 15.75l4.25-4.25');
export const plusIcon = icon('M10 4.25v11.5M4.25 10h11.5');
export const copyIcon = icon('M7.25 7.25h8.5v8.5h-8.5zM4.25 12.5v-8.25h8.25');
export const previewIcon = icon('M3.25 4.25h13.5v11.5H3.25zM10.5 8.25h4v5h-4z', true);
export const warningIcon = icon('M10 3.25 17.25 16H2.75zM10 8.25v3.5m0 2v.1');
