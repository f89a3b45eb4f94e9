import type { ChatState } from '../api/chat-state.ts';
import type { Contact, FormField } from '../api/protocol.ts';

/** What a visitor is asked before their first message. */
export interface Questions {
  readonly fields: readonly FormField[];
  /** To be agreed to, light markdown; empty: nothing is. */
  readonly consent: string;
  /** Nobody is there, and they are other questions. */
  readonly isOffline: boolean;
}

/** The key under which it is kept that the visitor has agreed. */
export const CONSENT = 'consent';

/** What is not known yet of all that the inbox asks before a conversation. */
export function questionsOf({ settings, contact, online }: ChatState): Questions {
  const { preChat = [], offline = [], consent = '' } = settings?.forms ?? {};
  const known = contact ? knownOf(contact) : [];
  const isOffline = online === false && offline.length > 0;
  return {
    fields: (isOffline ? offline : preChat).filter(({ key }) => !known.includes(key)),
    consent: known.includes(CONSENT) ? '' : consent,
    isOffline,
  };
}

/** A server that does not tell leaves what everybody sees. */
function knownOf({ known, name, email }: Contact): readonly string[] {
  return known ?? [...(name ? ['name'] : []), ...(email ? ['email'] : [])];
}
