import { expect } from '@open-wc/testing';
import { daysFrom, formatDay, formatExact, formatShort, formatTime } from '../../src/text/format-time.ts';

describe('times', () => {
  const now = new Date(2026, 10, 20, 15, 30).getTime();
  const at = (day: number, hour = 9, month = 10, year = 2026) => new Date(year, month, day, hour, 5, 7).getTime();

  it('are written as the language does it', () => {
    expect(formatTime(at(20, 14), 'de')).to.equal('14:05');
    expect(formatTime(at(20, 14), 'en-US')).to.match(/^2:05\sPM$/);
    expect(formatExact(at(20, 14), 'de')).to.equal('20. November 2026 um 14:05:07');
  });

  it('call the last days by their names', () => {
    expect(formatDay(at(20), 'en', now)).to.equal('Today');
    expect(formatDay(at(19), 'en', now)).to.equal('Yesterday');
    expect(formatDay(at(16), 'en', now)).to.equal('Monday');
    expect(formatDay(at(13), 'en', now)).to.equal('November 13');
    expect(formatDay(at(13, 9, 10, 2025), 'en', now)).to.equal('November 13, 2025');
    expect(formatDay(at(19), 'de', now)).to.equal('Gestern');
  });

  it('are as short in a list as they can be', () => {
    expect(formatShort(at(20, 14), 'de', now)).to.equal('14:05');
    expect(formatShort(at(16), 'en', now)).to.equal('Mon');
    expect(formatShort(at(2), 'en', now)).to.equal('Nov 2');
    expect(formatShort(at(2, 9, 10, 2024), 'en', now)).to.equal('Nov 2, 2024');
  });

  it('count days on the calendar, not in hours', () => {
    expect(daysFrom(at(20, 0), at(19, 23))).to.equal(-1);
    expect(daysFrom(at(20, 23), at(20, 0))).to.equal(0);
    // The nights in which clocks change make days of 23 and 25 hours in many zones.
    expect(daysFrom(at(1, 12, 3), at(1, 12, 2))).to.equal(-31);
  });
});
