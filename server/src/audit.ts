import type { Caller } from './http/requester.ts';
import type { Parts } from './parts.ts';
import type { AuditActor } from './store/audit-log.ts';

/** What is written down for good. */
export interface Act {
  /** Noun and past participle: `secret.rotated`. */
  readonly action: string;
  readonly inboxId?: string;
  /** Never a secret, never a key. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Notes in the audit log who did it. */
export async function audit({ store }: Pick<Parts, 'store'>, caller: Caller, act: Act): Promise<void> {
  const { action, inboxId = null, details = {} } = act;
  await store.auditLog.write({ actor: actorOf(caller), inboxId, action, details });
}

/** A visitor's own act. Who it was is not noted. */
export async function auditVisitor({ store }: Pick<Parts, 'store'>, act: Act): Promise<void> {
  const { action, inboxId = null, details = {} } = act;
  await store.auditLog.write({ actor: { kind: 'system', id: 'visitor', name: 'Visitor' }, inboxId, action, details });
}

function actorOf(caller: Caller): AuditActor {
  const { id, name } = caller.kind === 'agent' ? caller.agent : caller.key;
  return { kind: caller.kind, id, name };
}
