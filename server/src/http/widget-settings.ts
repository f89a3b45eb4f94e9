import { createHash } from 'node:crypto';
import type { Parts } from '../parts.ts';
import { widgetAnswer } from '../widget-answer.ts';
import { countryOf } from '../country.ts';
import { languageFor } from './accept-language.ts';
import { addressOf } from './address.ts';
import type { App } from './app.ts';
import { inboxOf } from './requester.ts';
import { failures, InboxParams, Nothing } from './schemas.ts';
import { WidgetSettingsAnswer } from './widget-settings-schema.ts';

/** `GET …/settings`: how the widget looks and what it says. */
export function widgetSettingsRoutes(app: App, parts: Parts): void {
  app.get(
    '/settings',
    {
      schema: {
        tags: ['Visitor'],
        summary: 'The public part of the inbox’s settings, and whether somebody is there',
        description: 'With an ETag: send it back as If-None-Match and get 304 when nothing has changed.',
        params: InboxParams,
        response: { 200: WidgetSettingsAnswer, 304: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const answer = {
        ...(await widgetAnswer(parts, inboxOf(request))),
        country: countryOf(addressOf(request)),
        language: languageFor(request.headers['accept-language']),
      };
      // What is not the same any more must not be taken for the same.
      const etag = `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;
      reply.header('ETag', etag).header('Cache-Control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.status(304).send(null);
      return reply.send(answer);
    },
  );
}
