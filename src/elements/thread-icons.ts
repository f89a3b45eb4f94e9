import { icon } from './icons.ts';

/** Icons that come with a thread. */
export const downIcon = icon('M10 4.25v11.5M5 11l5 4.75L15 11');
export const seenIcon = icon('m2.5 10.5 3.5 3.5 6.5-7.25M9.5 13.25l.75.75 7.25-7.75');
export const sendingIcon = icon('M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM10 6.25V10l2.5 1.75');
export const moreIcon = icon('M4.6 10h.01M10 10h.01m5.39 0h.01');
