import { icon } from './icons.ts';

/** Icons of what can be done with a message. */
export const replyIcon = icon('M8 5 3.5 9.25 8 13.5m-4.25-4.25h7.5c3 0 5.25 2 5.25 5.25v.5', true);
export const copyIcon = icon('M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3');
export const selectIcon = icon(
  'M7.5 4.25c1.4 0 2.5.6 2.5 2 0-1.4 1.1-2 2.5-2m-5 11.5c1.4 0 2.5-.6 2.5-2 0 1.4 1.1 2 2.5 2M10 6.25v7.5',
);
export const editIcon = icon('m4 16 .75-3.25 8-8 2.5 2.5-8 8zM11.25 6.25l2.5 2.5');
export const deleteIcon = icon('M4.25 6h11.5M8 6V4.25h4V6m-6.25 0 .75 9.75h7L14.25 6');
export const plusIcon = icon('M10 4.75v10.5M4.75 10h10.5');
