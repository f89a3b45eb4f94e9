import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isTimeZone, officeHoursAt } from '../src/office-hours.ts';
import type { HoursRange, OpeningTimes } from '../src/office-hours.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const MINUTE_MS = 60_000;
const YEAR_MS = 366 * 24 * 60 * MINUTE_MS;

/** Clocks that do unusual things: by half an hour, by two, at midnight, a day left out, against the sun. */
const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Antarctica/Troll'],
  ...['Pacific/Apia', 'America/Havana', 'Asia/Beirut', 'Africa/Casablanca', 'America/St_Johns', 'Atlantic/Azores'],
];

const week = (ranges: Partial<OpeningTimes['weekly']>): OpeningTimes['weekly'] => ({
  ...{ monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] },
  ...ranges,
});
const ofDay = (from: string, to: string): HoursRange[] => [{ from, to }];
const at = (iso: string): number => Date.parse(iso);

/** What stands above the door, read by somebody with a clock of that zone. */
function isOpen({ timeZone, weekly, holidays }: OpeningTimes, now: number): boolean {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(now);
  const [date = '', time = ''] = shown.split(' ');
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long' }).format(now).toLowerCase();
  const ranges = weekly[day as (typeof DAYS)[number]];
  return !holidays.includes(date) && ranges.some(({ from, to }) => from <= time && time < to);
}

describe('Office hours', () => {
  const nineToFive = ofDay('09:00', '17:00');
  const times: OpeningTimes = {
    timeZone: 'Europe/Berlin',
    weekly: week({ monday: nineToFive, friday: [...ofDay('09:00', '12:00'), ...ofDay('13:00', '24:00')] }),
    holidays: ['2026-12-25'],
  };

  it('say until when somebody is there, and since when again', () => {
    assert.deepEqual(officeHoursAt(times, at('2026-11-20T10:00:00Z')), {
      open: true,
      changesAt: at('2026-11-20T11:00:00Z'),
    });
    assert.deepEqual(officeHoursAt(times, at('2026-11-20T11:00:00Z')), {
      open: false,
      changesAt: at('2026-11-20T12:00:00Z'),
    });
    assert.deepEqual(officeHoursAt(times, at('2026-11-20T12:00:00Z')), {
      open: true,
      changesAt: at('2026-11-20T23:00:00Z'),
    });
    assert.deepEqual(officeHoursAt(times, at('2026-11-21T00:00:00Z')), {
      open: false,
      changesAt: at('2026-11-23T08:00:00Z'),
    });
  });

  it('leave holidays out', () => {
    assert.deepEqual(officeHoursAt(times, at('2026-12-25T10:00:00Z')), {
      open: false,
      changesAt: at('2026-12-28T08:00:00Z'),
    });
  });

  it('stay at the same time on the wall when the clocks change', () => {
    const { changesAt } = officeHoursAt(times, at('2026-03-27T23:30:00Z'));
    assert.equal(changesAt, at('2026-03-30T07:00:00Z'));
  });

  it('open at the moment of the change when the hour in which they begin is left out', () => {
    const weekly = week({ sunday: ofDay('02:30', '04:00') });
    assert.deepEqual(officeHoursAt({ ...times, weekly }, at('2026-03-29T00:00:00Z')), {
      open: false,
      changesAt: at('2026-03-29T01:00:00Z'),
    });
  });

  it('know of no change when there is none', () => {
    assert.deepEqual(officeHoursAt({ ...times, weekly: week({}) }, 0), { open: false });
    const always = Object.fromEntries(DAYS.map((day) => [day, ofDay('00:00', '24:00')]));
    assert.deepEqual(officeHoursAt({ ...times, weekly: week(always), holidays: [] }, 0), { open: true });
  });

  it('are what a clock in that zone shows, whatever the zone, the week and the day [property]', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 });
    const clock = (minutes: number): string =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const range = fc
      .tuple(minute, minute)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => ({ from: clock(Math.min(one, other)), to: clock(Math.max(one, other)) }));
    const day = fc.array(range, { maxLength: 2 });
    const instant = fc.integer({ min: at('2010-01-01'), max: at('2030-01-01') });
    const opening = fc.record({
      timeZone: fc.constantFrom(...ZONES),
      weekly: fc.record({
        ...{ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
      }),
    });
    fc.assert(
      fc.property(
        opening,
        instant,
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 25, maxLength: 25 }),
        (base, now, daysOff, places) => {
          const holidays = daysOff.map((days) => new Date(now + days * 86_400_000).toISOString().slice(0, 10));
          const opening = { ...base, holidays };
          const { open, changesAt } = officeHoursAt(opening, now);
          assert.equal(open, isOpen(opening, now), 'now');
          const end = changesAt ?? now + YEAR_MS;
          for (const place of places) {
            const between = Math.min(end - 1, Math.floor(now + place * (end - now)));
            assert.equal(isOpen(opening, between), open, `nothing changes at ${new Date(between).toISOString()}`);
          }
          if (changesAt === undefined) return;
          assert.ok(changesAt > now);
          assert.equal(isOpen(opening, changesAt - 1), open, 'right before');
          assert.equal(isOpen(opening, changesAt), !open, 'at the change');
        },
      ),
      { numRuns: 150 },
    );
  });

  it('find the change that a clock makes, in the days around it [property]', () => {
    const changes: [string, string][] = [
      ['Europe/Berlin', '2026-03-29'],
      ['Europe/Berlin', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Antarctica/Troll', '2026-10-25'],
      ['America/Havana', '2026-11-01'],
      ['Asia/Beirut', '2026-03-29'],
      ['Atlantic/Azores', '2026-10-25'],
      ['Pacific/Apia', '2011-12-30'],
      ['Africa/Casablanca', '2026-02-15'],
      ['America/St_Johns', '2010-11-07'],
    ];
    const quarter = fc.integer({ min: 0, max: 95 });
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        quarter,
        quarter,
        fc.integer({ min: 0, max: 191 }),
        (change, a, b, c) => {
          const [timeZone, date] = change;
          const time = (quarters: number): string =>
            `${String(quarters >> 2).padStart(2, '0')}:${String((quarters & 3) * 15).padStart(2, '0')}`;
          const ranges = [{ from: time(Math.min(a, b)), to: time(Math.max(a, b) + 1) }];
          const opening: OpeningTimes = {
            ...{ timeZone, holidays: [] },
            weekly: week(Object.fromEntries(DAYS.map((each) => [each, ranges]))),
          };
          const now = at(date) - 86_400_000 + c * 15 * MINUTE_MS;
          const { open, changesAt = now + YEAR_MS } = officeHoursAt(opening, now);
          for (let each = now; each < Math.min(changesAt, now + 2 * 86_400_000); each += 15 * MINUTE_MS) {
            assert.equal(isOpen(opening, each), open, new Date(each).toISOString());
          }
          if (changesAt < now + YEAR_MS) assert.equal(isOpen(opening, changesAt), !open);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('A time zone', () => {
  it('is a name that the IANA has given, no offset and no invention', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']) assert.ok(isTimeZone(name), name);
    for (const name of ['', '+02:00', 'Mars/Olympus', 'Europe', '../etc/passwd']) assert.ok(!isTimeZone(name), name);
  });
});
