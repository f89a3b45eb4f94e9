import { Type } from 'typebox';
import type { Parts } from '../parts.ts';
import type { AuditPage } from '../store/audit-log.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { failures, ListQuery } from './schemas.ts';

const access = { admin: true } as const;

const AuditPageSchema = Type.Unsafe<AuditPage>(
  Type.Object({
    acts: Type.Array(
      Type.Object({
        number: Type.Integer(),
        at: Type.Integer({ description: 'ms since 1970.' }),
        actor: Type.Object({
          kind: Type.Enum(['agent', 'key', 'system']),
          id: Type.String(),
          name: Type.String({ description: 'As it was then.' }),
        }),
        inboxId: Type.Union([Type.String(), Type.Null()]),
        action: Type.String({ description: 'secret.rotated, settings.changed, …' }),
        details: Type.Record(Type.String(), Type.Unknown()),
      }),
    ),
    cursor: Type.Optional(Type.String({ description: 'There are older ones: `before=` this.' })),
  }),
);

/** Who did what to secrets, API keys, settings and contacts. */
export function auditLogRoute(app: App, parts: Parts): void {
  app.get(
    '/v1/audit-log',
    {
      preParsing: requireCaller(app, parts, access),
      schema: {
        tags: ['Audit log'],
        security: securityOf(access),
        summary: 'Who did what, newest first',
        querystring: Type.Object({
          inbox: Type.Optional(Type.String({ description: 'Only what concerns this inbox.' })),
          ...ListQuery,
        }),
        response: { 200: AuditPageSchema, ...failures },
      },
    },
    (request) => {
      const { inbox: inboxId, ...page } = request.query;
      return parts.store.auditLog.page({ ...page, ...(inboxId === undefined ? {} : { inboxId }) });
    },
  );
}
