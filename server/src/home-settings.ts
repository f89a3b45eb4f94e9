import { Type } from 'typebox';
import { RowAddress, Switch, Text } from './setting-fields.ts';

const Card = Type.Object(
  {
    title: Type.String({ title: 'Title', description: 'A few words.', minLength: 1, maxLength: 80 }),
    text: Type.Optional(
      Type.String({ title: 'Text', description: 'One or two sentences.', maxLength: 300, 'x-field': 'multiline' }),
    ),
    url: RowAddress('Link', 'The page that the card opens. Without it the card is words only.', {
      'x-placeholder': 'https://',
    }),
    imageUrl: RowAddress('Picture', 'Above the title: uploaded, or by its address (https).', { 'x-field': 'image' }),
  },
  { additionalProperties: false },
);

/** The settings group `home`: the screen on which the panel opens. */
export const homeSettings = {
  enabled: Switch('Home screen', 'Greeting, team and conversations first. Off: straight into the conversation.', true),
  notice: Text('Notice', 'One sentence on top, such as a known outage. Empty: none.', '', 300),
  cards: Type.Array(Card, {
    title: 'Cards',
    description: 'Announcements and links, in this order.',
    maxItems: 10,
    default: [],
    'x-item': 'card',
  }),
};
