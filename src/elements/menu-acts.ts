import { findConversation, type ChatState } from '../api/chat-state.ts';
import { canNotify } from './notifications.ts';

/** What can be chosen in the menu. */
export type MenuAct = 'sounds' | 'notifications' | 'transcript' | 'mail' | 'end' | 'data' | 'forget';

/** What this visitor may choose, in groups; `conversationId` is on screen. */
export function menuActs(state: ChatState, conversationId: string): MenuAct[][] {
  const { contact, settings } = state;
  const { sound, notifications, transcript, end, export: data, forget } = settings?.behaviour ?? {};
  const conversation = findConversation(state, conversationId);
  const isKept = conversation && transcript;
  const groups: Partial<Record<MenuAct, unknown>>[] = [
    { sounds: sound, notifications: notifications && canNotify() },
    {
      transcript: isKept,
      mail: isKept && contact?.verification === 'verified',
      end: end && conversation?.state === 'open',
    },
    { data: contact && data, forget: contact && forget },
  ];
  return groups
    .map((group) => (Object.keys(group) as MenuAct[]).filter((act) => group[act]))
    .filter((acts) => acts.length > 0);
}
