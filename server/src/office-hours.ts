import type { OfficeHours } from '../../src/api/protocol.ts';

/** Part of a day: wall-clock times `HH:MM`; `to`, up to `24:00`, is not part of it any more. */
export interface HoursRange {
  readonly from: string;
  readonly to: string;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** When a team is there, by the wall clocks of its time zone. */
export interface OpeningTimes {
  /** IANA name. */
  readonly timeZone: string;
  readonly weekly: Readonly<Record<(typeof DAYS)[number], readonly HoursRange[]>>;
  /** `YYYY-MM-DD`: closed all day. */
  readonly holidays: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How far ahead a change is looked for. */
const AHEAD_MS = 366 * DAY_MS;

/** Whether it is the name of a time zone (IANA). An offset such as `+02:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return clockOf(name) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Whether a team is there at `now` (ms), and when that changes. It is there whenever the wall clock of its zone shows a
 * time in one of the day's ranges: an hour that is skipped has no such times, one that comes twice has them twice.
 */
export function officeHoursAt({ timeZone, weekly, holidays }: OpeningTimes, now: number): OfficeHours {
  const ranges = DAYS.map((day) => weekly[day].map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) })));
  const closed = new Set(holidays);
  const isOpen = (wall: number): boolean => {
    const minute = Math.floor((wall - startOfDay(wall)) / MINUTE_MS);
    const isIn = ranges[new Date(wall).getUTCDay()]?.some(({ from, to }) => from <= minute && minute < to) ?? false;
    return isIn && !closed.has(new Date(wall).toISOString().slice(0, 10));
  };
  const clock = clockOf(timeZone);
  const open = isOpen(now + offsetAt(clock, now));
  // Weeks without hours need no search.
  if (ranges.every((day) => day.length === 0)) return { open };
  const minutes = [...new Set([0, ...ranges.flat().flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  for (const { at, wall } of moments(clock, minutes, now)) {
    if (isOpen(wall) !== open) return { open, changesAt: at };
  }
  return { open };
}

/** An instant, and what the wall clock shows at it (as if it were UTC); both ms. */
interface Moment {
  readonly at: number;
  readonly wall: number;
}

/** All instants after `from` at which something may change: the given minutes of each day, and the clocks themselves. */
function* moments(clock: Intl.DateTimeFormat, minutes: readonly number[], from: number): Generator<Moment> {
  let offset = offsetAt(clock, from);
  for (let start = from; start < from + AHEAD_MS;) {
    const far = start + DAY_MS;
    const next = offsetAt(clock, far);
    // Until `end` the clock runs evenly.
    const end = next === offset ? far : changeBetween(clock, start, far);
    for (let day = startOfDay(start + offset); day - offset < end; day += DAY_MS) {
      for (const minute of minutes) {
        const wall = day + minute * MINUTE_MS;
        const at = wall - offset;
        if (at > start && (at < end || (at === end && next === offset))) yield { at, wall };
      }
    }
    if (next !== offset) yield { at: end, wall: end + next };
    offset = next;
    start = end;
  }
}

/** The first instant (ms) at which the clock has another offset than at `start`; there is one change up to `end`. */
function changeBetween(clock: Intl.DateTimeFormat, start: number, end: number): number {
  const offset = offsetAt(clock, start);
  let [before, after] = [start, end];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(clock, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

const startOfDay = (wall: number): number => Math.floor(wall / DAY_MS) * DAY_MS;

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Makes one per zone: they are dear. @throws RangeError when there is no such zone */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', ...digits, second: 'numeric' });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** How far the zone's wall clock is ahead of UTC at an instant, ms. */
function offsetAt(clock: Intl.DateTimeFormat, at: number): number {
  const shown = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at / 1_000) * 1_000;
}
