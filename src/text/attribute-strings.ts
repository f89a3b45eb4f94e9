import type { AttributeDefinition } from '../api/protocol.ts';
import { recordEnglish, type RecordStrings } from './record-strings.ts';

/** The words of the console's page on which attributes are defined. They come with it. */
export interface AttributeStrings extends RecordStrings {
  readonly title: string;
  readonly titleHint: string;
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
}

export const english: AttributeStrings = {
  ...recordEnglish,
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
  added: '{label} can be used now.',
  deleteText: 'What is kept under its key stays with the contacts, without a name and without rules.',
  loadFailed: 'The attributes could not be loaded. Open the page again in a moment.',
};
