import { Type } from 'typebox';
import type { FormField, MessageButton, MessageCard, MessageContent } from '../../src/api/protocol.ts';
import { buttonsOf } from './form-values.ts';
import { jsonFault } from './identity/attributes.ts';
import { Refusal } from './refusal.ts';
import { explainForm } from './validation.ts';

/*
 * The schemas of what a message offers beyond its text, and of the answers to it. They are protocol.ts's types, neither
 * more nor less (test/socket/frames.types.ts), and bound everything that is stored.
 */

const WEB_ADDRESS = '^[hH][tT][tT][pP][sS]?://[^\\s\\u0000-\\u001f"<>]+$';
explainForm(WEB_ADDRESS, 'an address that begins with https:// or http://');
const SECURE_ADDRESS = '^[hH][tT][tT][pP][sS]://[^\\s\\u0000-\\u001f"<>]+$';
explainForm(SECURE_ADDRESS, 'an address that begins with https://');

const KEY = '^[A-Za-z][\\w.-]{0,63}$';

const Words = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });
const Id = Type.String({ minLength: 1, maxLength: 64, description: 'Unique in the message.' });

export const MessageButtonSchema = Type.Object({
  id: Id,
  text: Words(80, 'What stands on it, and what the visitor says by pressing it.'),
  url: Type.Optional(
    Type.String({ pattern: WEB_ADDRESS, maxLength: 2_048, description: 'It opens this (http or https) instead.' }),
  ),
});

export const MessageCardSchema = Type.Object({
  title: Words(120, 'In bold.'),
  text: Type.Optional(Type.String({ maxLength: 500 })),
  imageUrl: Type.Optional(Type.String({ pattern: SECURE_ADDRESS, maxLength: 2_048, description: 'https' })),
  buttons: Type.Optional(Type.Array(MessageButtonSchema, { maxItems: 5 })),
});

/** A field of a form, in a message or in an inbox's settings. */
export const FormFieldSchema = Type.Object({
  key: Type.String({
    pattern: KEY,
    description: 'Unique in the form. `name`, `email`, `phone`, or the key of an attribute: it fills in the contact.',
  }),
  label: Words(120, 'What is asked for.'),
  type: Type.Enum(['text', 'email', 'phone', 'number', 'date', 'list', 'checkbox', 'link']),
  required: Type.Optional(Type.Boolean()),
  help: Type.Optional(Type.String({ maxLength: 300, description: 'One sentence under the field.' })),
  options: Type.Optional(
    Type.Array(Words(120, 'One of what can be chosen.'), { maxItems: 100, description: '`list`: what can be chosen.' }),
  ),
});

export const FormValuesSchema = Type.Record(
  Type.String(),
  Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()]),
  { maxProperties: 30, description: 'By the fields’ keys. Dates are YYYY-MM-DD. What was left empty is missing.' },
);

export const MessageContentSchema = Type.Union(
  [
    Type.Object({
      type: Type.Literal('replies'),
      replies: Type.Array(MessageButtonSchema, { minItems: 1, maxItems: 10 }),
    }),
    Type.Object({
      type: Type.Literal('buttons'),
      buttons: Type.Array(MessageButtonSchema, { minItems: 1, maxItems: 10 }),
    }),
    Type.Object({ type: Type.Literal('cards'), cards: Type.Array(MessageCardSchema, { minItems: 1, maxItems: 10 }) }),
    Type.Object({
      type: Type.Literal('form'),
      fields: Type.Array(FormFieldSchema, { minItems: 1, maxItems: 30 }),
      submit: Type.Optional(Words(40, 'What stands on the button.')),
    }),
  ],
  { description: 'What the visitor is offered below the text.' },
);

export const MessageAnswerSchema = Type.Object({
  to: Type.String({ maxLength: 64, description: '`id` of the message with the `content`.' }),
  button: Type.Optional(Type.String({ maxLength: 64, description: '`id` of the button.' })),
  values: Type.Optional(FormValuesSchema),
});

/**
 * What may be stored as a message's content, beyond what the schema says.
 *
 * @param content valid by its schema
 * @returns it without unknown members
 * @throws Refusal `bad_request`
 */
export function messageContent(content: MessageContent): MessageContent {
  const clean = known(content);
  const text = jsonFault(clean);
  if (text) throw refused(`The content ${text}.`);
  if (clean.type === 'form') {
    const keys = clean.fields.map(({ key }) => key);
    if (!areUnique(keys)) throw refused('Two fields have the same key.', '/fields');
    const key = jsonFault(Object.fromEntries(keys.map((name) => [name, ''])));
    if (key) throw refused(`The form ${key}.`, '/fields');
    const empty = clean.fields.findIndex(({ type, options = [] }) => type === 'list' && options.length === 0);
    if (empty >= 0) throw refused('A list needs options.', `/fields/${empty}/options`);
  }
  const buttons = buttonsOf(clean);
  if (!areUnique(buttons.map(({ id }) => id))) throw refused('Two buttons have the same id.');
  const addresses = [
    ...buttons.map(({ url }) => url),
    ...(clean.type === 'cards' ? clean.cards.map(({ imageUrl }) => imageUrl) : []),
  ];
  const wrong = addresses.find((url) => url !== undefined && !URL.canParse(url));
  if (wrong !== undefined) throw refused(`${JSON.stringify(wrong)} is no address.`);
  return clean;
}

/** Member by member: what else stands in there, and how deep, is not even looked at. */
function known(content: MessageContent): MessageContent {
  switch (content.type) {
    case 'replies':
      return { type: 'replies', replies: content.replies.map(toButton) };
    case 'buttons':
      return { type: 'buttons', buttons: content.buttons.map(toButton) };
    case 'cards':
      return { type: 'cards', cards: content.cards.map(toCard) };
    case 'form': {
      const { fields, submit } = content;
      return { type: 'form', fields: fields.map(toField), ...(submit !== undefined && { submit }) };
    }
  }
}

function toButton({ id, text, url }: MessageButton): MessageButton {
  return { id, text, ...(url !== undefined && { url }) };
}

function toCard({ title, text, imageUrl, buttons }: MessageCard): MessageCard {
  return {
    title,
    ...(text !== undefined && { text }),
    ...(imageUrl !== undefined && { imageUrl }),
    ...(buttons && { buttons: buttons.map(toButton) }),
  };
}

function toField({ key, label, type, required, help, options }: FormField): FormField {
  return {
    ...{ key, label, type },
    ...(required !== undefined && { required }),
    ...(help !== undefined && { help }),
    ...(options && { options }),
  };
}

const areUnique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

const refused = (message: string, below = ''): Refusal =>
  new Refusal('bad_request', message, { field: `/content${below}` });
