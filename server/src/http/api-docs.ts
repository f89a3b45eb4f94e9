import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { AGENT_COOKIE } from './access.ts';
import type { App } from './app.ts';
import { namedSchemas } from './schemas.ts';

/** The API reference: `/openapi.json`, made of the routes' own schemas, and `/docs` to read and try it. */
export async function apiDocs(app: App): Promise<void> {
  for (const schema of namedSchemas) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'chat-widget-server',
        version: '0.1.0',
        description:
          'REST doors of the server. The sockets (`/v1/widget/{inbox}/socket`, `/v1/agent/socket`) are described in ' +
          'PROTOCOL.md.',
      },
      tags: [
        { name: 'Visitor', description: 'What the widget calls, from any site that the inbox trusts.' },
        { name: 'Conversations' },
        { name: 'Files' },
        { name: 'Contacts' },
        { name: 'Inboxes' },
        { name: 'Agents' },
        { name: 'API keys' },
        { name: 'Operation' },
        { name: 'Demo' },
      ],
      components: {
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer', description: 'A visitor’s session token.' },
          agent: { type: 'apiKey', in: 'cookie', name: AGENT_COOKIE, description: 'Signed in at the console.' },
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        },
      },
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `schema-${index}`),
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // It would send pictures to a validator, and break plain http.
    transformStaticCSP: (policy) =>
      policy
        .replace(' validator.swagger.io', '')
        .replaceAll(' https:', '')
        .replace(' upgrade-insecure-requests;', '')
        .replace("frame-ancestors 'self'", "frame-ancestors 'none'"),
    uiConfig: { docExpansion: 'list', deepLinking: true },
  });
}
