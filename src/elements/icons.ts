import { html } from 'lit';

/**
 * The icon set: 20 px, stroke 1.75, drawn for this project. Decorative: whoever shows one says in words what it means.
 * `points` marks those that point somewhere, and are mirrored in right-to-left.
 */
export const icon = (path: string, points = false) =>
  html`<svg class=${points ? 'points' : ''} viewBox="0 0 20 20" aria-hidden="true"><path d=${path}></path></svg>`;

export const backIcon = icon('M12 4.5 6.5 10l5.5 5.5', true);
export const closeIcon = icon('m5.25 5.25 9.5 9.5m0-9.5-9.5 9.5');
export const sendIcon = icon('M10 15.75V4.5M5 9.25l5-5 5 5');
export const clipIcon = icon(
  'm15.9 9.3-5.6 5.6a3.6 3.6 0 0 1-5.1-5.1l5.9-5.9a2.4 2.4 0 0 1 3.4 3.4l-5.7 5.7a1.2 1.2 0 0 1-1.7-1.7l5.2-5.2',
);
export const smileIcon = icon('M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM7 11.75c1.5 2 4.5 2 6 0M7.6 8h.01m4.8 0h.01');
export const retryIcon = icon('M15.75 8.5A6 6 0 1 0 16 11m.25-6.5v4h-4');
export const alertIcon = icon('M10 6.25v4.5m0 2.9v.1M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z');
export const offlineIcon = icon(
  'M3 3l14 14M5.2 11.4a6.8 6.8 0 0 1 3.3-1.9M2.6 8.6A10.6 10.6 0 0 1 6.4 6M12.4 5.3a10.6 10.6 0 0 1 5 3.3M13 10.4c.7.3 1.3.6 1.8 1M10 15.2v.1M7.6 13.7a3.6 3.6 0 0 1 4 -.6',
);
/** It leads elsewhere. */
export const outIcon = icon('M8 5.5h6.5V12M14.25 5.75 5.75 14.25', true);
export const checkIcon = icon('m4.75 10.5 3.5 3.5 7-7.75');
export const personIcon = icon('M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM4.5 16.25c.5-3 2.7-4.5 5.5-4.5s5 1.5 5.5 4.5');
