import { Type } from 'typebox';
import type { AttributeDefinition } from '../../../src/api/protocol.ts';
import { checkForms } from '../form-attributes.ts';
import { pictureWarnings } from '../files/strip.ts';
import { identityWeaknesses } from '../identity-rules.ts';
import { toInbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import { labelChoices } from '../label-settings.ts';
import { patchSettings, weaknesses } from '../settings-patch.ts';
import { SettingsSchema } from '../settings.ts';
import { widgetAnswer } from '../widget-answer.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { callerOf, scopeOf } from './requester.ts';
import { failures } from './schemas.ts';
import { WidgetSettingsAnswer } from './widget-settings-schema.ts';

const access = { permission: 'settings', admin: true } as const;
const tags = ['Inboxes'];
const security = securityOf(access);

/** The schema, with what can be written where keys are wanted as examples: of what a form may ask for, and of the widget's texts. */
function withExamples(definitions: readonly AttributeDefinition[]): Record<string, unknown> {
  const schema = structuredClone(SettingsSchema);
  const writable = definitions.filter(({ writers }) => writers.includes('visitor'));
  const examples = ['name', 'email', 'phone', ...writable.map(({ key }) => key)];
  const { preChat, offline } = schema.properties.forms.properties;
  for (const form of [preChat, offline]) Object.assign(form.items.properties.key, { examples });
  Object.assign(schema.properties.words.properties.labels.items.properties.key, labelChoices);
  return { ...schema };
}

/** What a form that changes settings needs: what there is to set, and what it would look like. Nothing is stored. */
export function settingsFormRoutes(app: App, parts: Parts): void {
  const { store } = parts;
  const preParsing = requireCaller(app, parts, access);

  app.get(
    '/v1/inboxes/schema',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'What can be set in an inbox',
        description:
          'The JSON schema of `settings`. Each field has title, description and default; keywords that begin with ' +
          '`x-` say how a form shows it. The console’s settings are made from this.',
        response: { 200: Type.Record(Type.String(), Type.Unknown()), ...failures },
      },
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'no-cache');
      return withExamples(await store.attributes.list('contact'));
    },
  );

  app.post(
    '/v1/inboxes/:id/preview',
    {
      preParsing,
      schema: {
        ...{ tags, security },
        summary: 'What widgets would get with these settings',
        description: 'Merged and checked as PATCH does it, and computed as for a visitor, but not saved.',
        params: Type.Object({ id: Type.String() }),
        body: Type.Object(
          { settings: Type.Record(Type.String(), Type.Unknown(), { description: 'As in PATCH /v1/inboxes/{id}.' }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            widget: WidgetSettingsAnswer,
            warnings: Type.Array(Type.Object({ field: Type.String(), message: Type.String() })),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const scope = scopeOf(callerOf(request));
      const row = scope === undefined || scope === id ? await store.inboxes.find(id) : null;
      if (!row) throw notFound();
      const { stored, settings: next } = patchSettings(row.settings, request.body.settings);
      await checkForms(parts, next, request.body.settings);
      const inbox = toInbox({ ...row, settings: stored });
      const { settings } = inbox;
      const warnings = [
        ...weaknesses(settings),
        ...pictureWarnings(settings),
        ...identityWeaknesses(inbox, parts.now()),
      ];
      reply.header('Cache-Control', 'no-store');
      return { widget: await widgetAnswer(parts, inbox), warnings };
    },
  );
}
