import type { Trigger } from '../api/protocol.ts';
import { recordEnglish, type RecordStrings } from './record-strings.ts';

/** The words of the console's page on which triggers are made. They come with it. */
export interface TriggerStrings extends RecordStrings {
  readonly title: string;
  readonly titleHint: string;
  readonly name: string;
  readonly nameHint: string;
  readonly kind: string;
  readonly kindHint: string;
  readonly kinds: Readonly<Record<Trigger['kind'], string>>;
  readonly message: string;
  readonly enabled: string;
  readonly conditionsHint: string;
  readonly delay: string;
  readonly delayHint: string;
  readonly seconds: string;
  readonly times: string;
  readonly days: string;
  readonly daysHint: string;
  readonly priority: string;
  readonly priorityHint: string;
  readonly off: string;
  readonly everyPage: string;
}

export const english: TriggerStrings = {
  ...recordEnglish,
  title: 'Triggers',
  titleHint:
    'What the widget says before the visitor does, on a card beside the launcher. It is live on every page as soon as it is saved.',
  none: 'None yet. The widget waits until somebody opens it.',
  name: 'Name',
  nameHint: 'For the team.',
  kind: 'Who answers',
  kindHint: 'What a chatbot asks and does is set by the API: PUT /v1/triggers/{id}/flow.',
  kinds: { invitation: 'The team', bot: 'A chatbot first' },
  message: 'Message',
  enabled: 'It is on',
  conditionsHint: 'All of them have to hold. Without one it comes on every page.',
  delay: 'Delay',
  delayHint: 'So long the conditions have to hold before the card comes.',
  seconds: 's',
  times: 'At most so many times',
  days: 'Within so many days',
  daysHint: '0: ever.',
  priority: 'Priority',
  priorityHint: 'Where several hold, the highest comes first.',
  off: 'Off',
  everyPage: 'On every page',
  addTitle: 'Add a trigger',
  added: '{label} is live.',
  deleteText: 'Cards of it that are on screen go at once.',
  loadFailed: 'The triggers could not be loaded. Open the page again in a moment.',
};
