import type { FastifyRequest } from 'fastify';
import { hashToken, isToken } from '../identity/token.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { refusalOfVisitor } from '../welcome.ts';
import type { App } from './app.ts';
import { limiter } from './rates.ts';
import { bearer, inboxOf, visitorOf } from './requester.ts';
import type { Visitor } from './requester.ts';

/** The visitor whose token the request carries; null when it carries none that is good for this inbox. */
export async function findVisitor(request: FastifyRequest, { store }: Parts): Promise<Visitor | null> {
  const token = bearer(request);
  if (!isToken(token)) return null;
  const found = await store.sessions.findByHash(hashToken(token));
  return found?.session.inboxId === inboxOf(request).row.id ? found : null;
}

/** @throws Refusal where the inbox's rules let this visitor talk no more */
export function refuseUnwelcome(request: FastifyRequest): void {
  const { session, contact } = visitorOf(request);
  const standing = { verification: session.verification, blockedAt: contact.blockedAt };
  const refusal = refusalOfVisitor(inboxOf(request), standing);
  if (refusal) throw refusal;
}

type Hook = (request: FastifyRequest) => Promise<void>;

/** One of each server: its limits count all routes together. */
const hooks = new WeakMap<Parts, Hook>();

/**
 * The hook of a route that needs a session. It stands at `preParsing`: after the limits per address, before anything of
 * the request is read.
 */
export function requireVisitor(app: App, parts: Parts): Hook {
  let hook = hooks.get(parts);
  if (!hook) hooks.set(parts, (hook = makeHook(app, parts)));
  return hook;
}

function makeHook(app: App, parts: Parts): Hook {
  const { limits } = parts.config;
  const perSession = limiter(app, 'requestsPerSession', { limits, keyOf: (request) => visitorOf(request).session.id });
  const perContact = limiter(app, 'requestsPerContact', { limits, keyOf: (request) => visitorOf(request).contact.id });
  return async (request) => {
    request.visitor = await findVisitor(request, parts);
    if (!request.visitor) throw new Refusal('unauthorized', 'The session is over, or the token is not good here.');
    // Whoever may not talk any more may still take away what is theirs; who is blocked may only log out.
    const isBlocked = request.visitor.contact.blockedAt !== null;
    const mayLeave = isBlocked ? request.routeOptions.url?.endsWith('/session') : true;
    if (request.method !== 'DELETE' || !mayLeave) refuseUnwelcome(request);
    await perSession(request);
    await perContact(request);
  };
}
