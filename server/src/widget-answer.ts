import type { OfficeHours, OnlineNotice, SettingsFrame, WidgetSettingsAnswer } from '../../src/api/protocol.ts';
import type { Inbox } from './inbox-directory.ts';
import { officeHoursAt } from './office-hours.ts';
import type { Parts } from './parts.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What was computed last, by inbox as it was read, and from when to when (ms) it holds. */
const computed = new WeakMap<Inbox, { readonly hours: OfficeHours; readonly from: number; readonly to: number }>();

/** The office hours of an inbox at `now` (ms); undefined when it has none. */
export function hoursOf(inbox: Inbox, now: number): OfficeHours | undefined {
  if (!inbox.settings.hours.enabled) return undefined;
  const known = computed.get(inbox);
  if (known && known.from <= now && now < known.to) return known.hours;
  const hours = officeHoursAt(inbox.settings.hours, now);
  // Without a change within a year, the year moves on.
  computed.set(inbox, { hours, from: now, to: hours.changesAt ?? now + DAY_MS });
  return hours;
}

/** What open widgets are told when the settings were saved, or when they come again. */
export function settingsFrame(inbox: Inbox, now: number): SettingsFrame {
  const hours = hoursOf(inbox, now);
  return { type: 'settings', settings: inbox.widget, ...(hours && { hours }) };
}

/** What a widget is told that comes. */
export function onlineNotice({ presence, now }: Pick<Parts, 'presence' | 'now'>, inbox: Inbox): OnlineNotice {
  const hours = hoursOf(inbox, now());
  return { type: 'online', online: presence.online, ...(hours && { hours }) };
}

/** What a widget is told that asks. */
export async function widgetAnswer(
  { presence, team, now }: Pick<Parts, 'presence' | 'team' | 'now'>,
  inbox: Inbox,
): Promise<WidgetSettingsAnswer> {
  const hours = hoursOf(inbox, now());
  return { ...inbox.widget, online: presence.online, team: await team.list(), ...(hours && { hours }) };
}
