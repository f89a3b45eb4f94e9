import type { Verification } from '../../src/api/protocol.ts';
import type { Inbox } from './inbox-directory.ts';
import { Refusal } from './refusal.ts';

/** Why a visitor may not talk in this inbox, whatever their token says; undefined when they may. */
export function refusalOfVisitor(
  { settings }: Inbox,
  { verification, blockedAt = null }: { readonly verification: Verification; readonly blockedAt?: number | null },
): Refusal | undefined {
  if (blockedAt !== null) return new Refusal('forbidden', 'This contact is blocked.');
  if (settings.security.whoMayTalk === 'verified' && verification !== 'verified') {
    return new Refusal('identity_required', 'This inbox talks with verified visitors only.');
  }
  return undefined;
}
