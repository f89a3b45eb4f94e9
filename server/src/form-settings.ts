import { Type } from 'typebox';
import { Switch } from './setting-fields.ts';
import { explainForm } from './validation.ts';

/** Keys of a form's fields, and of attributes. */
export const FORM_KEY_PATTERN = '^[A-Za-z][\\w.-]{0,63}$';
explainForm(FORM_KEY_PATTERN, 'a name of letters, digits, dots, hyphens and underscores that begins with a letter');

/** A row of a form, as `FormField` of protocol.ts. */
const Field = Type.Object(
  {
    label: Type.String({ title: 'Label', description: 'What is asked for.', minLength: 1, maxLength: 120 }),
    type: Type.Enum(['text', 'email', 'phone', 'number', 'date', 'list', 'checkbox', 'link'], {
      title: 'Type',
      description: 'What can be typed.',
      default: 'text',
      'x-labels': {
        text: 'Text',
        email: 'E-mail',
        phone: 'Phone',
        number: 'Number',
        date: 'Date',
        list: 'List',
        checkbox: 'Checkbox',
        link: 'Link',
      },
    }),
    key: Type.String({
      title: 'Key',
      description:
        'Where the answer goes: name, email, phone, or an attribute of contacts that was made before, such as orderNumber.',
      pattern: FORM_KEY_PATTERN,
    }),
    required: Type.Optional(Type.Boolean({ title: 'Required', description: 'It cannot be left empty.' })),
    help: Type.Optional(Type.String({ title: 'Help', description: 'One sentence under the field.', maxLength: 300 })),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
        title: 'Options',
        description: 'What can be chosen.',
        maxItems: 100,
        'x-item': 'option',
        'x-only-if': { field: 'type', is: ['list'] },
      }),
    ),
  },
  { additionalProperties: false },
);

const Form = (title: string, description: string) =>
  Type.Array(Field, { title, description, maxItems: 20, default: [], 'x-item': 'field' });

/** The settings group `forms`: what visitors are asked. */
export const formSettings = {
  preChat: Form(
    'Before a conversation',
    'Asked before the first message, as far as it is not known yet. No fields: nothing is asked.',
  ),
  offline: Form(
    'While nobody is there',
    'Asked in its place while nobody is there, so that an answer finds its way. No fields: the same as above.',
  ),
  consent: Type.String({
    title: 'Consent',
    description: 'What visitors must agree to before the first message. Links work. Empty: nothing.',
    maxLength: 2_000,
    default: '',
    'x-field': 'markdown',
  }),
  rating: Switch('Rating', 'Ask how it was when a conversation was closed.', true),
};
