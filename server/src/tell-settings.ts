import type { Parts } from './parts.ts';
import { toInbox } from './inbox-directory.ts';
import { encode } from './tell.ts';
import { topics } from './topics.ts';
import { settingsFrame } from './widget-answer.ts';

/** Tells open widgets, and every node, what the settings of an inbox are now, its triggers among them. */
export async function tellSettings({ bus, store, now }: Parts, inboxId: string): Promise<void> {
  const [row, triggers] = await Promise.all([
    store.inboxes.find(inboxId),
    store.triggers.list({ inboxId, enabled: true }),
  ]);
  if (row) bus.publish(topics.settings(inboxId), encode(settingsFrame(toInbox(row, triggers), now())));
}
