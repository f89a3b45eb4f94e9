import type { FastifyRequest } from 'fastify';
import type { Inbox } from '../inbox-directory.ts';
import { Refusal } from '../refusal.ts';
import type { AgentRow, ApiKeyRow, ContactRow, SessionRow } from '../store/rows.ts';

/** A visitor with a live session. */
export interface Visitor {
  readonly session: SessionRow;
  readonly contact: ContactRow;
}

/** Who calls the agents' door: a person in the console, or a back end. */
export type Caller =
  | { readonly kind: 'agent'; readonly agent: AgentRow; readonly sessionId: string }
  | { readonly kind: 'key'; readonly key: ApiKeyRow };

declare module 'fastify' {
  interface FastifyRequest {
    /** Visitor's door: the inbox in the path. */
    inbox: Inbox | null;
    /** Visitor's door, after `requireVisitor`. */
    visitor: Visitor | null;
    /** Agents' door, after `requireCaller`. */
    caller: Caller | null;
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('The route lacks the hook that finds out who asks.');
  return value;
}

export const inboxOf = (request: FastifyRequest): Inbox => present(request.inbox);
export const visitorOf = (request: FastifyRequest): Visitor => present(request.visitor);
export const callerOf = (request: FastifyRequest): Caller => present(request.caller);

/** The agent who is signed in. @throws Refusal `unauthorized` for an API key */
export function agentOf(request: FastifyRequest): AgentRow {
  const caller = callerOf(request);
  if (caller.kind !== 'agent') throw new Refusal('unauthorized', 'Sign in first.');
  return caller.agent;
}

/** The agent's id; `me` is whoever is signed in. @throws Refusal `unauthorized` for `me` of an API key */
export function agentIdOf(request: FastifyRequest, idOrMe: string): string {
  return idOrMe === 'me' ? agentOf(request).id : idOrMe;
}

/** The token in `Authorization: Bearer`, if there is one. */
export function bearer({ headers: { authorization } }: FastifyRequest): string | undefined {
  const [scheme, token, ...rest] = authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : undefined;
}

/** A key of one inbox changes nothing that all have. @param what in the plural @throws Refusal `forbidden` */
export function onAll(caller: Caller, what: string): Caller {
  if (scopeOf(caller) === undefined) return caller;
  throw new Refusal('forbidden', `${what} are the same in all inboxes; this API key is bound to one.`);
}

/** The inbox that a caller is bound to; undefined when all are open to it. */
export function scopeOf(caller: Caller): string | undefined {
  return caller.kind === 'key' ? (caller.key.inboxId ?? undefined) : undefined;
}
