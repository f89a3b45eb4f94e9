import { html } from 'lit';

/** The console's part of the icon set: 20 px, stroke 1.75, drawn for this project. Decorative, as in `../icons.ts`. */
const icon = (path: string, points = false) =>
  html`<svg class=${points ? 'points' : ''} viewBox="0 0 20 20" aria-hidden="true"><path d=${path}></path></svg>`;

export const inboxIcon = icon('M3.25 11h3.5l1.25 2.25h4L13.25 11h3.5M5.6 4.25h8.8l2.35 6.75v4.75H3.25V11z');
export const resolvedIcon = icon('M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Zm-9.9.2 2.1 2.1 3.8-4.3');
export const reopenIcon = icon('M4.25 8.5A6 6 0 1 1 4 11m-.25-6.5v4h4', true);
export const signOutIcon = icon('M8 4H4.75v12H8M8.5 10h8m-3-3.25L16.75 10l-3.25 3.25', true);
export const passwordIcon = icon(
  'M10.25 7.25a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM9.3 9.7l6.95 6.05M13 13l1.9-2.1M15.1 14.8l1.4-1.6',
);
export const settingsIcon = icon(
  'M3.25 6h6.5m4 0h3M3.25 14h3m4 0h6.5M13.75 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM10.25 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  true,
);
export const leaveIcon = icon(
  'M10.75 6.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM2.5 16.25c0-2.75 2.25-4.5 5.25-4.5 1.25 0 2.25.25 3 .75M12.5 14.5H17m-2.25-2.25L17 14.5l-2.25 2.25',
  true,
);
export const detailsIcon = icon('M3.25 4.25h13.5v11.5H3.25zM12.25 4.25v11.5', true);
export const eyeIcon = icon('M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z');
export const eyeOffIcon = icon(
  'M3.5 3.5l13 13M8 5.2A8 8 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2.1 2.7M12 14.7a8 8 0 0 1-2 .3c-5 0-7.5-5-7.5-5a13 13 0 0 1 3.2-3.6M8.7 8.6a2 2 0 0 0 2.7 2.8',
);

/** Filled: somebody has proven who they are. */
export const verifiedIcon = html`<svg class="solid" viewBox="0 0 20 20" aria-hidden="true">
  <path
    class="shape"
    d="m10 1.9 2.2 1.5 2.7 0 .8 2.5 2.2 1.6-.9 2.5.9 2.5-2.2 1.6-.8 2.5-2.7 0L10 18.1l-2.2-1.5-2.7 0-.8-2.5-2.2-1.6.9-2.5-.9-2.5 2.2-1.6.8-2.5 2.7 0z"
  ></path>
  <path class="mark" d="m6.9 10.2 2.2 2.2 4.1-4.6"></path>
</svg>`;

/** Outlined: nobody has proven anything. */
export const notVerifiedIcon = icon(
  'm10 2.6 2 1.4 2.5 0 .7 2.3 2 1.5-.8 2.2.8 2.2-2 1.5-.7 2.3-2.5 0-2 1.4-2-1.4-2.5 0-.7-2.3-2-1.5.8-2.2-.8-2.2 2-1.5L5.5 4 8 4zM8.3 8.2c.2-1 .8-1.5 1.8-1.5s1.8.6 1.8 1.5c0 1.2-1.8 1.4-1.8 2.6m0 2.2v.1',
);

/** Two speech bubbles at rest: nothing is open. */
export const offerIcon = icon('M4 4.75h12v4H4zM4 11.25h7v4H4zM13.5 13.25h3.25M15.125 11.625v3.25');
export const restIllustration = html`<svg class="illustration" viewBox="0 0 120 88" aria-hidden="true">
  <path class="ground" d="M60 84c26 0 50-5 50-12s-22-8-50-8-50 1-50 8 24 12 50 12Z"></path>
  <path
    class="back"
    d="M62 14h34a12 12 0 0 1 12 12v16a12 12 0 0 1-12 12h-3v10L82 54H62a12 12 0 0 1-12-12V26a12 12 0 0 1 12-12Z"
  ></path>
  <path
    class="front"
    d="M24 26h38a12 12 0 0 1 12 12v14a12 12 0 0 1-12 12H42L30 75V64h-6a12 12 0 0 1-12-12V38a12 12 0 0 1 12-12Z"
  ></path>
  <path class="line" d="M27 41h32M27 50h20"></path>
</svg>`;
