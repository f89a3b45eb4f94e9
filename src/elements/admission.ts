import { ChatError } from '../api/chat-error.ts';
import type { ChatState } from '../api/chat-state.ts';

/**
 * Why there is no chat for a visitor: none on this device, or the inbox talks with verified ones only, and this is none.
 * Undefined: there is one, as far as that is known.
 */
export function refusalOf(facts: ChatState | undefined): ChatError | undefined {
  const { booted, settings, contact } = facts ?? {};
  const isOff = settings?.appearance.launcher === 'off';
  const isStranger = booted && settings?.identity?.verifiedOnly && contact?.verification !== 'verified';
  if (!isOff && !isStranger) return undefined;
  return new ChatError(isOff ? 'forbidden' : 'identity_required', 'There is no chat for this visitor here.');
}
