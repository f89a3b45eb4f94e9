import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Validator } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { WidgetSettings } from '../../src/api/protocol.ts';
import { appearanceSettings, messageSettings } from './appearance-settings.ts';
import { assignmentSettings } from './assignment-settings.ts';
import { behaviourSettings } from './behaviour-settings.ts';
import { countrySettings } from './country-settings.ts';
import { formSettings } from './form-settings.ts';
import { homeSettings } from './home-settings.ts';
import { hoursSettings } from './hours-settings.ts';
import { identitySettings } from './identity-settings.ts';
import { wordSettings } from './label-settings.ts';
import { limitSettings } from './limit-settings.ts';
import { securitySettings } from './security-settings.ts';
import { Group, hexOf } from './setting-fields.ts';

/**
 * Everything that can be set per inbox, in one document: validation, defaults, API reference and the console's forms
 * all come from here, in this order. Add a field with title, description and default; what is stored holds only what was
 * ever set, so a new field is in force everywhere at once.
 */
export const SettingsSchema = Type.Object(
  {
    appearance: Group('Appearance', 'How the widget looks.', appearanceSettings),
    messages: Group('Messages', 'What the widget says by itself.', messageSettings),
    words: Group('Words', 'What the widget calls things.', wordSettings),
    home: Group('Home', 'The screen on which the widget opens.', homeSettings),
    hours: Group('Office hours', 'When your team is usually there.', hoursSettings),
    behaviour: Group('Behaviour', 'What the widget does, and what visitors may do.', behaviourSettings),
    assignment: Group('Assignment', 'Who of your team gets a conversation.', assignmentSettings),
    forms: Group('Forms', 'What visitors are asked.', formSettings),
    security: Group('Security', 'Who may use this inbox, and from where.', securitySettings),
    identity: Group('Identity', 'How visitors prove who they are.', identitySettings, { 'x-page': 'security' }),
    countries: Group('Countries', 'Where there is a chat.', countrySettings, { 'x-page': 'security' }),
    limits: Group('Limits', 'How much one visitor may send.', limitSettings),
  },
  { additionalProperties: false, title: 'Inbox settings' },
);

export type InboxSettings = Static<typeof SettingsSchema>;

export const settingsValidator = Compile(SettingsSchema);

type Document = Readonly<Record<string, unknown>>;

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What of a stored document this server understands. A field that an older or newer server has stored and this one does
 * not know, or would not accept, counts as not set; the others stay in force.
 */
export function understood(stored: Document): Record<string, unknown> {
  return understoodFields(SettingsSchema.properties, stored);
}

function understoodFields(fields: Readonly<Record<string, TSchema>>, stored: Document): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(fields)) {
    const value = Object.hasOwn(stored, name) ? stored[name] : undefined;
    const parts: unknown = Reflect.get(schema, 'properties');
    if (!isDocument(parts)) {
      if (value !== undefined && isValid(schema, value)) kept[name] = value;
    } else if (isDocument(value)) {
      kept[name] = understoodFields(parts as Readonly<Record<string, TSchema>>, value);
    }
  }
  return kept;
}

const validators = new WeakMap<TSchema, Validator>();

/** With its defaults: rows of a list may leave out what has some. */
function isValid(schema: TSchema, value: unknown): boolean {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = Compile(schema)));
  return validator.Check(Value.Default(schema, structuredClone(value)));
}

/** The whole document, with defaults, from what is stored of it. */
export function readSettings(stored: Document): InboxSettings {
  const settings: unknown = Value.Default(SettingsSchema, structuredClone(understood(stored)));
  if (!settingsValidator.Check(settings)) throw new Error('The defaults of the settings are not valid settings.');
  return settings;
}

/** The part that widgets get. */
export function publicSettings(settings: InboxSettings): WidgetSettings {
  const { appearance, messages, words, home, behaviour, forms, security, identity, countries, limits } = settings;
  const { keepPageUrl: _page, stripPictures: _strip, trailDays: _days, ...doings } = behaviour;
  return {
    appearance: { ...appearance, windowColor: hexOf(appearance.windowColor) },
    messages,
    ...(home.enabled && { home: { notice: home.notice, cards: home.cards } }),
    identity: { verifyEmail: identity.requireEmailVerification, verifiedOnly: security.whoMayTalk === 'verified' },
    limits: {
      messageLength: limits.messageLength,
      fileBytes: limits.fileBytes,
      filesPerMessage: limits.filesPerMessage,
    },
    behaviour: doings,
    forms,
    ...(words.labels.length > 0 && { labels: words.labels }),
    ...(countries.exclude.length + countries.include.length > 0 && { countries }),
  };
}
