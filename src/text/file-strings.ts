import type { Plural } from './phrase.ts';

/** The words about files. They come with the first place where there can be some. `{name}` marks a place for `fill()`. */
export interface FileStrings {
  /** Where files may be dropped. */
  readonly dropHere: string;
  /** Name of the list above the composer's field. */
  readonly attached: string;
  readonly remove: string;
  readonly cancel: string;
  readonly retry: string;
  /** `{percent}` of a file that is on its way. */
  readonly uploading: string;
  readonly uploaded: string;
  /** Said to those who cannot see the list. */
  readonly ready: string;
  readonly removed: string;
  /** Send was pressed while files are on their way. */
  readonly sendsWhenReady: string;

  /** `{size}` is what a file may have. */
  readonly tooLarge: string;
  readonly tooLargeSomehow: string;
  readonly tooManyPixels: string;
  /** Place and camera cannot be taken out of it, as they are to be. */
  readonly cannotBeCleaned: string;
  readonly empty: string;
  readonly refused: string;
  readonly notAllowed: string;
  readonly tooManyToday: string;
  readonly tooManyInOne: Plural;
  /** The connection is lost: it goes on by itself, as long as the page stays open. */
  readonly offline: string;
  readonly unavailable: string;
  /** What has failed keeps the message from being sent. */
  readonly failedStays: string;
  /** Trying again would not help. */
  readonly mustGo: string;

  /** In a message. */
  readonly picture: string;
  readonly download: string;
  /** In front of a file's name, for those who cannot see the icon. */
  readonly save: string;
  readonly gone: string;
  /** What shows it did not come. */
  readonly unreachable: string;
  readonly viewer: string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  /** `{count}` of `{total}`. */
  readonly place: string;
}

/** English, the default. */
export const english: FileStrings = {
  dropHere: 'Drop files here',
  attached: 'Files to send',
  remove: 'Remove {name}',
  cancel: 'Cancel the upload of {name}',
  retry: 'Retry {name}',
  uploading: '{percent}',
  uploaded: 'Ready',
  ready: '{name} is ready to be sent.',
  removed: '{name} was removed.',
  sendsWhenReady: 'Sends as soon as the files are there.',

  tooLarge: 'This file is too large. At most {size}, please.',
  tooLargeSomehow: 'This file is too large.',
  tooManyPixels: 'This picture has too many pixels. Make it smaller, please.',
  cannotBeCleaned: 'Pictures of this kind cannot be sent here.',
  empty: 'This file is empty.',
  refused: 'This file was not accepted.',
  notAllowed: 'Files cannot be sent here.',
  tooManyToday: 'That is all for today. Try again tomorrow.',
  tooManyInOne: { one: 'A message can hold {count} file.', other: 'A message can hold {count} files.' },
  offline: 'No connection. It goes on when you are back online; keep this page open.',
  unavailable: 'That did not work. Try again in a moment.',
  failedStays: 'Retry or remove {name}.',
  mustGo: '{name} cannot be sent. Please remove it.',

  picture: 'Show {name}',
  download: 'Download {name}',
  save: 'Download',
  unreachable: 'That did not work. Check your connection and try again.',
  gone: 'This file is not there any more.',
  viewer: 'Picture {name}',
  close: 'Close',
  previous: 'Previous picture',
  next: 'Next picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  place: '{count} of {total}',
};
