import { Type } from 'typebox';
import { signEmail } from '../identity/email-hmac.ts';
import type { Parts } from '../parts.ts';
import type { App } from './app.ts';
import { sayUnbuilt } from './assets.ts';
import { DEFAULT_INBOX } from './inboxes.ts';
import { failures } from './schemas.ts';

/** The shop's customers. */
const CUSTOMERS = {
  ada: { email: 'ada@shop.example', firstName: 'Ada', lastName: 'Lindqvist' },
  grace: { email: 'grace@shop.example', firstName: 'Grace', lastName: 'Okafor' },
} as const;

/** A shop has its own scripts, styles and pictures; its chat needs nothing beyond that. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** The demo shop, at `/`, as long as the demo inbox exists; and the one thing that a shop's back end does for a chat. */
export function demoRoutes(app: App, parts: Parts): void {
  const { assetsDir, demoDir } = parts.config;
  const options = { schema: { hide: true } };

  app.get('/', options, async (_request, reply) => {
    if (await sayUnbuilt(reply, assetsDir)) return reply;
    return reply
      .header('Content-Security-Policy', POLICY)
      .header('Cache-Control', 'no-cache')
      .sendFile('index.html', demoDir);
  });

  app.get<{ Params: { '*': string } }>('/demo/*', options, (request, reply) =>
    reply
      .header('Content-Security-Policy', POLICY)
      .header('Cache-Control', 'no-cache')
      .sendFile(request.params['*'], demoDir),
  );

  app.post(
    '/demo/sign-in',
    {
      schema: {
        tags: ['Demo'],
        summary: 'Be a customer of the demo shop',
        description: 'What a shop’s back end does: it knows its customer, and signs the e-mail for the chat.',
        body: Type.Object({ customer: Type.Enum(['ada', 'grace']) }),
        response: {
          200: Type.Object({
            email: Type.String(),
            firstName: Type.String(),
            lastName: Type.String(),
            authToken: Type.String(),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { row } = await parts.inboxes.get(DEFAULT_INBOX);
      const customer = CUSTOMERS[request.body.customer];
      reply.header('Cache-Control', 'no-store');
      return { ...customer, authToken: signEmail(customer.email, row.secrets['email']?.value ?? '') };
    },
  );
}
