import type { Config } from './config.ts';
import { PERMISSIONS } from './http/access.ts';
import { DEFAULT_INBOX } from './http/inboxes.ts';
import { hashPassword } from './identity/password.ts';
import { hashToken, mintApiKey, mintToken } from './identity/token.ts';
import { newSecrets } from './new-inbox.ts';
import type { Store } from './store/store.ts';

/** What was made just now: the only time that these can be shown. */
export interface FirstStart {
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly apiKey: string;
}

/**
 * Makes what an empty database lacks: the demo inbox with its secrets, an admin, an API key.
 *
 * @returns null when there are agents already; then nothing is made or changed, whatever the environment says
 */
export async function firstStart(store: Store, config: Config): Promise<FirstStart | null> {
  await store.inboxes.ensure({
    id: DEFAULT_INBOX,
    name: 'Demo shop',
    secrets: newSecrets(Date.now()),
  });
  if ((await store.agents.list()).length > 0) return null;

  const { adminEmail, adminPassword = mintToken().slice(0, 20), apiKey = mintApiKey() } = config;
  const passwordHash = await hashPassword(adminPassword);
  const { created } = await store.agents.ensure({ email: adminEmail, name: 'Admin', role: 'admin', passwordHash });
  // Another node that started at the same time was quicker; it has printed its own.
  if (!created) return null;
  await store.apiKeys.create({ keyHash: hashToken(apiKey), name: 'First key', permissions: PERMISSIONS });
  return { adminEmail, adminPassword, apiKey };
}
