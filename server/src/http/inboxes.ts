import { Type } from 'typebox';
import type { Static } from 'typebox';
import { audit } from '../audit.ts';
import { pictureWarnings } from '../files/strip.ts';
import { identityWeaknesses } from '../identity-rules.ts';
import { toInbox } from '../inbox-directory.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import { domainOf, idsFor, INBOX_ID_PATTERN, isFreeWord, newSecrets } from '../new-inbox.ts';
import { checkForms } from '../form-attributes.ts';
import { patchSettings, weaknesses } from '../settings-patch.ts';
import { SettingsSchema } from '../settings.ts';
import type { InboxSettings } from '../settings.ts';
import type { InboxRow } from '../store/rows.ts';
import { encode } from '../tell.ts';
import { topics } from '../topics.ts';
import { explainForm } from '../validation.ts';
import { settingsFrame } from '../widget-answer.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, scopeOf } from './requester.ts';
import type { Caller } from './requester.ts';
import { failures } from './schemas.ts';

/** The inbox that a server makes at its first start, and that is meant where none is named. */
export const DEFAULT_INBOX = 'demo';

const access = { permission: 'settings', admin: true } as const;
const tags = ['Inboxes'];
const Params = Type.Object({ id: Type.String() });
explainForm('\\S', 'a name that can be read');
const Name = Type.String({ maxLength: 80, pattern: '\\S', description: 'For the team.' });
explainForm(INBOX_ID_PATTERN, 'lower-case letters, digits and hyphens, such as shop-berlin');

const InboxSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  settings: Type.Unsafe<InboxSettings>({ $ref: 'InboxSettings#' }),
  warnings: Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), {
    description: 'Settings that work but protect little.',
  }),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
});

const { teamName, color } = SettingsSchema.properties.appearance.properties;
const NewInboxSchema = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: INBOX_ID_PATTERN,
        description: 'What pages name it by. It stays for ever. Default: made of the name.',
      }),
    ),
    name: Name,
    siteUrl: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2_048, description: 'Of the site: its host becomes the trusted domain.' }),
    ),
    teamName: Type.Optional(teamName),
    color: Type.Optional(color),
  },
  { additionalProperties: false },
);

function toAnswer(inbox: Inbox, now: number): Static<typeof InboxSchema> {
  const { settings } = inbox;
  const { id, name, createdAt, updatedAt } = inbox.row;
  const warnings = [...weaknesses(settings), ...pictureWarnings(settings), ...identityWeaknesses(inbox, now)];
  return { id, name, settings, warnings, createdAt, updatedAt };
}

const etagOf = ({ row }: Inbox): string => `"${row.settingsVersion}"`;

/** Inboxes and their settings. */
export function inboxRoutes(app: App, parts: Parts): void {
  const { store, bus } = parts;

  app.get(
    '/v1/inboxes',
    {
      // Every agent may know what inboxes there are.
      preParsing: requireCaller(app, parts, { permission: 'conversations' }),
      schema: {
        tags,
        security: securityOf({ permission: 'conversations' }),
        summary: 'All inboxes',
        response: {
          200: Type.Object({ inboxes: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
          ...failures,
        },
      },
    },
    async (request) => {
      const scope = scopeOf(callerOf(request));
      const all = await store.inboxes.list();
      const seen = all.filter(({ id }) => scope === undefined || id === scope);
      return { inboxes: seen.map(({ id, name }) => ({ id, name })) };
    },
  );

  app.post(
    '/v1/inboxes',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags,
        security: securityOf(access),
        summary: 'Make an inbox',
        description: 'With defaults for all settings, and a secret for each scheme.',
        body: NewInboxSchema,
        response: { 201: InboxSchema, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      if (scopeOf(caller) !== undefined) throw new Refusal('forbidden', 'This API key is bound to another inbox.');
      const made = toInbox(await make(request.body));
      // Agents who are there already hear what is said in it.
      bus.publish(topics.newInboxes(), made.row.id);
      await audit(parts, caller, { action: 'inbox.created', inboxId: made.row.id, details: { ...request.body } });
      reply.status(201).header('Location', `/v1/inboxes/${made.row.id}`);
      reply.header('ETag', etagOf(made)).header('Cache-Control', 'no-store');
      return toAnswer(made, parts.now());
    },
  );

  app.get(
    '/v1/inboxes/:id',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags,
        security: securityOf(access),
        summary: 'An inbox and its settings',
        description: 'With an ETag, for If-Match.',
        params: Params,
        response: { 200: InboxSchema, ...failures },
      },
    },
    async (request, reply) => {
      const inbox = await find(callerOf(request), request.params.id);
      reply.header('ETag', etagOf(inbox)).header('Cache-Control', 'no-store');
      return toAnswer(inbox, parts.now());
    },
  );

  app.patch(
    '/v1/inboxes/:id',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags,
        security: securityOf(access),
        summary: 'Change settings',
        description:
          'Merged field by field (RFC 7396): null puts a field back to its default, an unknown field is an error. ' +
          'Live at once, in widgets that are open too. With If-Match, 412 when somebody else has saved meanwhile.',
        params: Params,
        headers: Type.Object({ 'if-match': Type.Optional(Type.String({ description: 'The ETag that was read.' })) }),
        body: Type.Object(
          {
            name: Type.Optional(Name),
            settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          },
          { additionalProperties: false },
        ),
        response: { 200: InboxSchema, ...failures },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const saved = await save(caller, request.params.id, request.body, request.headers['if-match']);
      await audit(parts, caller, { action: 'settings.changed', inboxId: saved.row.id, details: { ...request.body } });
      reply.header('ETag', etagOf(saved)).header('Cache-Control', 'no-store');
      return toAnswer(saved, parts.now());
    },
  );

  async function find(caller: Caller, id: string): Promise<Inbox> {
    const scope = scopeOf(caller);
    const row = scope === undefined || scope === id ? await store.inboxes.find(id) : null;
    if (!row) throw notFound();
    return toInbox(row);
  }

  async function make({ id, name, siteUrl, teamName, color }: Static<typeof NewInboxSchema>): Promise<InboxRow> {
    const domain = siteUrl === undefined ? undefined : domainOf(siteUrl);
    if (siteUrl !== undefined && domain === undefined) {
      throw new Refusal('bad_request', 'The site must be an address such as https://shop.example.', {
        field: '/siteUrl',
      });
    }
    const { stored: settings } = patchSettings(
      {},
      {
        appearance: { ...(teamName !== undefined && { teamName }), ...(color !== undefined && { color }) },
        security: { ...(domain !== undefined && { trustedDomains: [domain] }) },
      },
    );
    if (id !== undefined && !isFreeWord(id)) throw idTaken();
    for (const each of id === undefined ? idsFor(name) : [id]) {
      const { inbox, created } = await store.inboxes.ensure({
        ...{ id: each, name, settings },
        secrets: newSecrets(parts.now()),
      });
      if (created) return inbox;
    }
    throw idTaken();
  }

  /** Reads, merges and saves what was read, or reads again when somebody was quicker and the caller does not mind. */
  async function save(
    caller: Caller,
    id: string,
    { name, settings = {} }: { readonly name?: string; readonly settings?: Readonly<Record<string, unknown>> },
    ifMatch: string | undefined,
  ): Promise<Inbox> {
    for (;;) {
      const before = await find(caller, id);
      if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(before)) throw changedMeanwhile();
      const { stored, settings: next } = patchSettings(before.row.settings, settings);
      await checkForms(parts, next, settings);
      const version = before.row.settingsVersion;
      const result = await store.inboxes.saveSettings(id, {
        settings: stored,
        version,
        ...(name === undefined ? {} : { name }),
      });
      if (result.ok) {
        const inbox = toInbox(result.inbox, await store.triggers.list({ inboxId: id, enabled: true }));
        // Each node reads the new rules now: who may not be here any more leaves at once.
        bus.publish(topics.settings(id), encode(settingsFrame(inbox, parts.now())));
        return inbox;
      }
      if (result.code === 'not_found') throw notFound();
      if (ifMatch !== undefined) throw changedMeanwhile();
    }
  }
}

function idTaken(): Refusal {
  return new Refusal('conflict', 'This id is taken.', { field: '/id' });
}

function changedMeanwhile(): Refusal {
  return new Refusal('precondition_failed', 'Somebody else has saved these settings meanwhile. Read them again.');
}
