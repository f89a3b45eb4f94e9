import { recordEnglish, type RecordStrings } from './record-strings.ts';

/** The words of the console's page on which it is said who gets which conversations. They come with it. */
export interface AssignmentStrings extends RecordStrings {
  readonly title: string;
  readonly titleHint: string;
  readonly name: string;
  readonly to: string;
  readonly toHint: string;
  /** `{name}` */
  readonly team: string;
  readonly conditionsHint: string;
  readonly enabled: string;
  readonly everywhere: string;
  readonly position: string;
  readonly positionHint: string;
  readonly always: string;
  readonly off: string;
}

export const english: AssignmentStrings = {
  ...recordEnglish,
  title: 'Assignment rules',
  titleHint:
    'Who gets which new conversations. The rules are asked in order, and the first that holds counts. It goes to somebody who is online and has room, as the page Assignment says.',
  none: 'None yet. Agents take conversations themselves, or get them as the page Assignment says.',
  name: 'Name',
  to: 'Who gets them',
  toHint: 'One of these.',
  team: '{name} (team)',
  conditionsHint: 'All of them have to hold. Without one it holds always.',
  enabled: 'It is on',
  everywhere: 'In all inboxes',
  position: 'Place',
  positionHint: 'The lowest is asked first. Empty: as the last one.',
  always: 'Always',
  off: 'Off',
  addTitle: 'Add a rule',
  added: '{label} is asked from now on.',
  deleteText: 'Who has a conversation by it keeps it.',
  loadFailed: 'The rules could not be loaded. Open the page again in a moment.',
};
