import type { AttributeDefinition } from '../api/protocol.ts';

/** The words of the console's page on which attributes are defined. They come with it. */
export interface AttributeStrings {
  readonly title: string;
  readonly titleHint: string;
  readonly none: string;
  readonly label: string;
  readonly labelHint: string;
  readonly key: string;
  readonly keyHint: string;
  readonly owner: string;
  readonly owners: Readonly<Record<AttributeDefinition['owner'], string>>;
  readonly type: string;
  readonly types: Readonly<Record<AttributeDefinition['type'], string>>;
  readonly options: string;
  readonly option: string;
  readonly writers: string;
  readonly writerNames: Readonly<Record<AttributeDefinition['writers'][number], string>>;
  readonly nobody: string;
  readonly addTitle: string;
  readonly add: string;
  /** `{label}` */
  readonly added: string;
  readonly change: string;
  /** `{label}` */
  readonly changeOne: string;
  readonly changeTitle: string;
  readonly changed: string;
  readonly save: string;
  readonly cancel: string;
  readonly delete: string;
  /** `{label}` */
  readonly deleteOne: string;
  readonly deleteTitle: string;
  readonly deleteText: string;
  readonly deleteNow: string;
  /** `{label}` */
  readonly deleted: string;
  readonly failed: string;
  readonly loadFailed: string;
}

export const english: AttributeStrings = {
  title: 'Attributes',
  titleHint:
    'What you keep of a contact or a conversation beside name and e-mail. Forms may ask for them, your site and its back end may say them, and agents see them. They are the same in all inboxes.',
  none: 'None yet. Whatever your site says of a visitor is kept; an attribute gives it a name, a type and rules.',
  label: 'Name',
  labelHint: 'What agents see. Input is found by it, too.',
  key: 'Key',
  keyHint: 'What forms and back ends call it; it stays for ever. Empty: made from the name.',
  owner: 'Belongs to',
  owners: { contact: 'Contact', conversation: 'Conversation' },
  type: 'Type',
  types: { string: 'Text', number: 'Number', boolean: 'Yes or no', date: 'Date', list: 'List' },
  options: 'Choices',
  option: 'choice',
  writers: 'Who may write it',
  writerNames: { agent: 'Agents', visitor: 'Visitors', api: 'Back ends' },
  nobody: 'Nobody',
  addTitle: 'Add an attribute',
  add: 'Add',
  added: '{label} can be used now.',
  change: 'Change',
  changeOne: 'Change {label}',
  changeTitle: 'Change “{label}”',
  changed: '{label} is changed.',
  save: 'Save',
  cancel: 'Cancel',
  delete: 'Delete…',
  deleteOne: 'Delete {label}…',
  deleteTitle: 'Delete “{label}”?',
  deleteText: 'What is kept under its key stays with the contacts, without a name and without rules.',
  deleteNow: 'Delete',
  deleted: '{label} is deleted.',
  failed: 'That did not work. Try again in a moment.',
  loadFailed: 'The attributes could not be loaded. Open the page again in a moment.',
};
