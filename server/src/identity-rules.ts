import { parseDuration } from './identity/duration.ts';
import { secretWeaknesses, shareValue } from './identity/secrets.ts';
import type { ProofContext, WeakScheme } from './identity/proof.ts';
import { WHY_WEAK } from './identity-settings.ts';
import type { Inbox } from './inbox-directory.ts';
import type { SettingsWarning } from './settings-patch.ts';

/** What an inbox says about how its proofs are to be read. */
export function proofContext({ row, settings: { identity } }: Inbox, now: number): ProofContext {
  const weakSchemes: WeakScheme[] = [];
  if (identity.chaportLogin) weakSchemes.push('chaport-login');
  if (identity.chaportData) weakSchemes.push('chaport-data');
  return {
    inboxId: row.id,
    now,
    sessionMs: parseDuration(identity.sessionDuration),
    issuer: identity.issuer || undefined,
    oneTime: identity.oneTimeTokens,
    weakSchemes,
  };
}

/**
 * True when signed visitor data proves the e-mail in it. Chaport's published code signs whatever visitor id a browser
 * sends, with the salt that signs the data too: then any customer of the site can have any data signed.
 */
export function dataProvesEmail({ row: { secrets }, settings: { identity } }: Inbox, now: number): boolean {
  return !identity.chaportLogin || !shareValue(secrets['chaport-data'], secrets['chaport-login'], now);
}

/** What the operator should know about these settings and secrets. */
export function identityWeaknesses(inbox: Inbox, now: number): SettingsWarning[] {
  const { identity } = inbox.settings;
  const warnings: SettingsWarning[] = [];
  const warn = (field: string, message: string): void =>
    void warnings.push({ field: `/settings/identity/${field}`, message });
  if (identity.chaportLogin) warn('chaportLogin', `Chaport logins are weak: ${WHY_WEAK}`);
  if (identity.chaportData) warn('chaportData', `Signed Chaport visitor data is weak: ${WHY_WEAK}`);
  if (identity.chaportData && !dataProvesEmail(inbox, now)) {
    warn(
      'chaportData',
      'Logins and visitor data share one salt, so a customer whose visitor id your site signs can sign data too: ' +
        'an e-mail in signed data stays a claim. Give the two different salts.',
    );
  }
  if (!identity.requireEmailVerification) {
    warn('requireEmailVerification', 'Visitors may claim any e-mail, and nobody asks them to prove it.');
  }
  for (const [scheme, secret] of Object.entries(inbox.row.secrets)) {
    for (const message of secretWeaknesses(secret.value)) warnings.push({ field: `/secrets/${scheme}`, message });
  }
  return warnings;
}
