import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { hashToken, isToken } from '../identity/token.ts';
import { isOwnOrigin } from '../origins.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { App } from './app.ts';
import { limiter } from './rates.ts';
import { bearer } from './requester.ts';
import type { Caller } from './requester.ts';

/** What an API key may be allowed to do. */
export const PERMISSIONS = ['conversations', 'contacts', 'tokens.create', 'settings', 'agents'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The agents' session cookie. */
export const AGENT_COOKIE = 'chat_agent';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Longest API key that is looked at. */
const KEY_LENGTH = 512;

/** Who may call a route. */
export interface Access {
  /** What an API key needs; without it the route is for people only. */
  readonly permission?: Permission;
  /** Of people, admins only. */
  readonly admin?: boolean;
}

/**
 * Refuses what another site makes an agent's browser send (CSRF): the cookie goes along, the Origin gives it away. What
 * is no browser sends neither.
 *
 * @throws Refusal `forbidden`
 */
export function checkOrigin({ headers }: FastifyRequest, { publicUrl }: Config): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : isOwnOrigin(origin, headers.host, publicUrl);
  if (!isOwn) throw new Refusal('forbidden', 'Another site may not do this.');
}

/** The agent whose cookie the request carries. */
export async function findAgent(
  { cookies }: FastifyRequest,
  { store }: Parts,
): Promise<Extract<Caller, { kind: 'agent' }> | null> {
  const token = cookies[AGENT_COOKIE];
  const found = isToken(token) ? await store.agents.findBySession(hashToken(token)) : null;
  return found && { kind: 'agent', agent: found.agent, sessionId: found.session.id };
}

async function findKey(key: string, { store, log }: Parts): Promise<Extract<Caller, { kind: 'key' }> | null> {
  const found = key.length > KEY_LENGTH ? null : await store.apiKeys.findByHash(hashToken(key));
  if (!found) return null;
  store.apiKeys.touch(found).catch((error: unknown) => log.warn({ err: error }, 'the use of a key was not noted'));
  return { kind: 'key', key: found };
}

function check(caller: Caller, { permission, admin = false }: Access): void {
  if (caller.kind === 'agent') {
    if (admin && caller.agent.role !== 'admin') throw new Refusal('forbidden', 'Only an admin may do this.');
  } else if (permission === undefined) {
    throw new Refusal('forbidden', 'No API key may do this; sign in as an admin.');
  } else if (!caller.key.permissions.includes(permission)) {
    throw new Refusal('forbidden', `This API key lacks the permission ${permission}.`);
  }
}

/** One count of each server, for all routes together. */
const limits = new WeakMap<Parts, ReturnType<typeof limiter>>();

function limitOf(app: App, parts: Parts): ReturnType<typeof limiter> {
  let limit = limits.get(parts);
  if (!limit) {
    limit = limiter(app, 'requestsPerSession', {
      limits: parts.config.limits,
      keyOf: ({ caller }) => (caller?.kind === 'agent' ? `agent:${caller.sessionId}` : `key:${caller?.key.id ?? ''}`),
    });
    limits.set(parts, limit);
  }
  return limit;
}

/**
 * Makes the hook of a route of the agents' door: an API key in `Authorization`, or the cookie of the console. It stands
 * at `preParsing`: after the limits per address, before anything of the request is read.
 */
export function requireCaller(app: App, parts: Parts, access: Access): (request: FastifyRequest) => Promise<void> {
  const limit = limitOf(app, parts);
  return async (request) => {
    const key = bearer(request);
    if (key === undefined && !SAFE_METHODS.has(request.method)) checkOrigin(request, parts.config);
    request.caller = key === undefined ? await findAgent(request, parts) : await findKey(key, parts);
    if (!request.caller) {
      throw new Refusal('unauthorized', key === undefined ? 'Sign in first.' : 'This API key is not known.');
    }
    await limit(request);
    check(request.caller, access);
  };
}

/** How the API reference says what a route needs. */
export function securityOf({ permission }: Access): { readonly [scheme: string]: readonly string[] }[] {
  return permission === undefined ? [{ agent: [] }] : [{ agent: [] }, { apiKey: [] }];
}
