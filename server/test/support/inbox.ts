import type { AttributeDefinition } from '../../../src/api/protocol.ts';
import { hashPassword } from '../../src/identity/password.ts';
import { newSecret } from '../../src/identity/secrets.ts';
import { SCHEMES } from '../../src/identity/verifier.ts';
import type { Scheme } from '../../src/identity/verifier.ts';
import type { InboxSettings } from '../../src/settings.ts';
import type { Answer, RequestOptions, TestServer } from './server.ts';

/** Some of the settings, as a PATCH takes them. */
type SettingsPatch = { readonly [Group in keyof InboxSettings]?: Partial<InboxSettings[Group]> };

export interface InboxAnswer {
  readonly settings: InboxSettings;
  readonly warnings: readonly { readonly field: string; readonly message: string }[];
  readonly error?: { readonly code: string; readonly field?: string };
}

/** Changes settings, as the console does. */
export function patchInbox(server: TestServer, settings: SettingsPatch, inbox = 'demo'): Promise<Answer<InboxAnswer>> {
  return server.api(`/v1/inboxes/${inbox}`, { method: 'PATCH', body: { settings } });
}

/** An attribute of contacts, so that forms can ask for it. */
export async function defineAttribute(
  server: TestServer,
  key: string,
  type: AttributeDefinition['type'] = 'string',
  more: Partial<AttributeDefinition> = {},
): Promise<AttributeDefinition> {
  const body = { owner: 'contact', key, label: key, type, ...more };
  const answer = await server.api<AttributeDefinition>('/v1/attributes', { method: 'POST', body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** The secret that a site's back end has. */
export async function secretOf(server: TestServer, scheme: Scheme, inbox = 'demo'): Promise<string> {
  const row = await server.chat.store.inboxes.find(inbox);
  return row?.secrets[scheme]?.value ?? '';
}

/** A second embed of the same server, with secrets of its own. */
export async function addInbox(server: TestServer, id: string): Promise<void> {
  const secrets = Object.fromEntries(SCHEMES.map((scheme) => [scheme, newSecret(Date.now())]));
  await server.chat.store.inboxes.ensure({ id, name: id, secrets });
}

/** The cookie of an agent who is no admin. */
export async function signInAgent(server: TestServer, email = 'bo@shop.example'): Promise<string> {
  const password = 'a password of the agent';
  const agent = { email, name: 'Bo', role: 'agent', passwordHash: await hashPassword(password) } as const;
  await server.chat.store.agents.ensure(agent);
  return server.signIn(email, password);
}

/** Requests of the console, with the cookie of whoever is signed in. */
export function asAgent(server: TestServer, cookie: string) {
  return <T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> =>
    server.request<T>(path, { ...options, headers: { cookie, ...options.headers } });
}
