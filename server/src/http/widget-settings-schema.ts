import { Type } from 'typebox';
import type { WidgetSettingsAnswer as SettingsAnswer } from '../../../src/api/protocol.ts';
import { SettingsSchema } from '../settings.ts';
import { nullable } from './schemas.ts';
import { WidgetTriggerSchema } from './trigger-schema.ts';

const Face = Type.Object({
  kind: Type.Literal('agent'),
  id: Type.String(),
  name: nullable(Type.String()),
  avatarUrl: Type.Optional(Type.String()),
  online: Type.Boolean(),
});

const { appearance, messages, words, home, identity, limits, behaviour, forms, countries } = SettingsSchema.properties;
const { keepPageUrl: _page, stripPictures: _strip, trailDays: _days, ...doings } = behaviour.properties;

/** What a widget gets that asks for the settings. */
export const WidgetSettingsAnswer = Type.Unsafe<SettingsAnswer>(
  Type.Object({
    appearance,
    messages,
    home: Type.Optional(
      Type.Object(
        { notice: home.properties.notice, cards: home.properties.cards },
        { description: 'Missing: the panel opens on the conversation.' },
      ),
    ),
    identity: Type.Object({
      verifyEmail: identity.properties.requireEmailVerification,
      verifiedOnly: Type.Boolean({ description: 'Only visitors whom the site has signed for may talk.' }),
    }),
    limits: Type.Object({
      messageLength: limits.properties.messageLength,
      fileBytes: limits.properties.fileBytes,
      filesPerMessage: limits.properties.filesPerMessage,
    }),
    behaviour: Type.Object(doings),
    forms,
    labels: Type.Optional(words.properties.labels),
    triggers: Type.Optional(
      Type.Array(WidgetTriggerSchema, { description: 'What says something first, in the order in which it is tried.' }),
    ),
    countries: Type.Optional(countries),
    online: Type.Boolean({ description: 'Some agent is online.' }),
    team: Type.Array(Face, { description: 'Up to five agents, those who are online first.' }),
    hours: Type.Optional(
      Type.Object(
        {
          open: Type.Boolean(),
          changesAt: Type.Optional(
            Type.Integer({ description: 'When they end or begin again, ms since 1970. Missing: not within a year.' }),
          ),
        },
        { description: 'Office hours, where the inbox has some.' },
      ),
    ),
    country: Type.Optional(
      Type.String({ description: 'Where who asks is, by the IP address: two capital letters. Missing: not known.' }),
    ),
    language: Type.Optional(
      Type.String({
        description: 'What who asks reads best, by Accept-Language: two small letters. Missing: not known.',
      }),
    ),
  }),
);
