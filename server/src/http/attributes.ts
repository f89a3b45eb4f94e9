import { Type } from 'typebox';
import type { AttributeDefinition } from '../../../src/api/protocol.ts';
import { CONSENT_KEY } from '../attributes.ts';
import { audit } from '../audit.ts';
import { askedIn } from '../form-attributes.ts';
import { FORM_KEY_PATTERN } from '../form-settings.ts';
import { isReservedName } from '../identity/attributes.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { readSettings } from '../settings.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, onAll } from './requester.ts';
import { failures, IdParams, Nothing } from './schemas.ts';

/** Whoever sees contacts may know what their attributes are called. */
const reading = { permission: 'contacts' } as const;
const changing = { permission: 'settings', admin: true } as const;
const tags = ['Attributes'];

/** What each contact has, and what is asked of everybody. */
const TAKEN = new Set(['name', 'email', 'phone', 'notes', CONSENT_KEY]);

const Label = Type.String({ maxLength: 80, pattern: '\\S', description: 'What people call it.' });
const Options = Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
  maxItems: 100,
  uniqueItems: true,
  description: '`list`: what can be chosen.',
});
const Writers = Type.Array(Type.Enum(['agent', 'visitor', 'api']), {
  uniqueItems: true,
  description:
    'Who may write it. `visitor`: what visitors type, and what a page says without a signature. `api`: API keys, and ' +
    'whatever a back end has signed. Default: all of them.',
});
const definition = {
  owner: Type.Enum(['contact', 'conversation'], { description: 'What has it.' }),
  key: Type.String({ pattern: FORM_KEY_PATTERN, description: 'Unique among its owner’s; stays for ever.' }),
  label: Label,
  type: Type.Enum(['string', 'number', 'boolean', 'date', 'list'], {
    description: 'Stays for ever. Dates are YYYY-MM-DD.',
  }),
};
const Attribute = Type.Unsafe<AttributeDefinition>(
  Type.Object({
    id: Type.String({ format: 'uuid' }),
    ...definition,
    options: Type.Optional(Options),
    writers: Writers,
  }),
);

/** Which attributes contacts and conversations have. They are the same in all inboxes. */
export function attributeRoutes(app: App, parts: Parts): void {
  const { attributes, inboxes } = parts.store;

  app.get(
    '/v1/attributes',
    {
      preParsing: requireCaller(app, parts, reading),
      schema: {
        ...{ tags, security: securityOf(reading) },
        summary: 'All attributes that are defined, oldest first',
        response: { 200: Type.Object({ attributes: Type.Array(Attribute) }), ...failures },
      },
    },
    async () => ({ attributes: await attributes.list() }),
  );

  app.post(
    '/v1/attributes',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Define an attribute',
        description:
          'From then on forms may ask for it, and what comes under its key (with or without `custom.` in front) or its ' +
          'label is kept under its key, if it is of its type.',
        body: Type.Object(
          { ...definition, options: Type.Optional(Options), writers: Type.Optional(Writers) },
          { additionalProperties: false },
        ),
        response: { 201: Attribute, ...failures },
      },
    },
    async (request, reply) => {
      const caller = onAll(callerOf(request), 'Attributes');
      const { writers = ['agent', 'visitor', 'api'], ...given } = request.body;
      const { key, type, options } = given;
      if (isReservedName(key) || (given.owner === 'contact' && TAKEN.has(key))) {
        throw new Refusal('bad_request', `The key “${key}” has a meaning already. Choose another one.`, {
          field: '/key',
        });
      }
      checkOptions(type, options);
      const made = await attributes.create({ ...given, writers });
      if (!made) throw new Refusal('conflict', 'There is an attribute with this key already.', { field: '/key' });
      await audit(parts, caller, { action: 'attribute.made', details: { key, owner: made.owner } });
      reply.status(201);
      return made;
    },
  );

  app.patch(
    '/v1/attributes/:id',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Change label, choices or who may write',
        description: 'What is stored stays, also where it is no choice any more.',
        params: IdParams,
        body: Type.Object(
          { label: Type.Optional(Label), options: Type.Optional(Options), writers: Type.Optional(Writers) },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Attribute, ...failures },
      },
    },
    async (request) => {
      const caller = onAll(callerOf(request), 'Attributes');
      const found = await attributes.find(request.params.id);
      if (!found) throw notFound();
      checkOptions(found.type, request.body.options ?? found.options);
      const changed = await attributes.update(found.id, request.body);
      if (!changed) throw notFound();
      await audit(parts, caller, {
        action: 'attribute.changed',
        details: { key: found.key, owner: found.owner, changed: Object.keys(request.body) },
      });
      return changed;
    },
  );

  app.delete(
    '/v1/attributes/:id',
    {
      preParsing: requireCaller(app, parts, changing),
      schema: {
        ...{ tags, security: securityOf(changing) },
        summary: 'Forget an attribute',
        description: 'What was stored under its key stays. Refused while a form asks for it.',
        params: IdParams,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const caller = onAll(callerOf(request), 'Attributes');
      const found = await attributes.find(request.params.id);
      if (!found) throw notFound();
      const { id, key, owner } = found;
      if (owner === 'contact') {
        const all = (await inboxes.list()).map(({ name, settings }) => ({ name, settings: readSettings(settings) }));
        const asking = askedIn(all, key);
        if (asking.length > 0) {
          throw new Refusal('conflict', `A form of ${asking.join(', ')} asks for it. Take it out there first.`);
        }
      }
      await attributes.delete(id);
      await audit(parts, caller, { action: 'attribute.deleted', details: { key, owner } });
      return reply.status(204).send(null);
    },
  );
}

function checkOptions(type: AttributeDefinition['type'], options: readonly string[] = []): void {
  const field = '/options';
  if (type === 'list' && options.length === 0) {
    throw new Refusal('bad_request', 'A list needs at least one choice.', { field });
  }
  if (type !== 'list' && options.length > 0) throw new Refusal('bad_request', 'Only a list has choices.', { field });
}
