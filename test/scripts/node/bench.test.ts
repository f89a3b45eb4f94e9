/** What the bench makes of its measurements, on made-up figures. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { finding } from '../../../bench/findings.ts';
import { report, unexplained, writeTable } from '../../../bench/report.ts';
import { compare, interleave } from '../../../bench/rounds.ts';
import { median, percentile } from '../../../bench/statistics.ts';

const claim = { id: 'S2', title: 'durable sends', unit: '/s', value: 30_000, against: 'prototype', floor: 40_000 };

describe('The bench', () => {
  it('takes the value in the middle, and one that so many are below', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(percentile([4, 2, 3, 1], 0.99), 4);
    assert.ok(Number.isNaN(median([])));
  });

  it('gives each contestant as many turns, and counts no rehearsal', async () => {
    let turns = 0;
    const count = async () => ({ count: (turns += 1), seconds: 1 });
    const { ours, floor } = await interleave(5, { ours: count, floor: count });
    assert.equal(turns, 12);
    const counted = [...ours.rates, ...floor.rates].sort((one, other) => one - other);
    assert.deepEqual(counted, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('says how sure a ratio is', () => {
    const { ratio, interval } = compare([20, 21, 22, 19, 20], [10, 10, 10, 11, 10]);
    assert.equal(ratio, 2);
    assert.ok(interval[0] <= 2 && interval[1] >= 2 && interval[0] > 1.5 && interval[1] < 2.5);
  });

  it('holds a ratio, or a value that has no rival, to its limit', () => {
    assert.equal(finding({ ...claim, limit: { least: 0.8 } }).ok, false);
    assert.equal(finding({ ...claim, limit: { least: 0.7 } }).ok, true);
    assert.equal(finding({ ...claim, limit: { most: 0.7 } }).ok, false);
    assert.equal(finding({ id: 'S13', title: 'idle', unit: '%', value: 1, limit: { most: 3 } }).ok, true);
    assert.equal(finding(claim).ok, null, 'without a limit it is reported, not judged');
  });

  it('says in one sentence how many hold, and which do not', () => {
    const findings = [
      finding({ ...claim, limit: { least: 0.8 } }),
      finding({ ...claim, id: 'S4', limit: { least: 0.1 } }),
      finding({ ...claim, id: 'S10/+1 node' }),
    ];
    assert.match(report(findings), /1 of 2 within their limits; short: S2$/);
  });

  it('puts its table between its marks, and leaves the rest of the page', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-test-'));
    const page = path.join(folder, 'page.md');
    const settings = { rounds: 15, quick: false };
    try {
      writeFileSync(page, 'Before.\n');
      writeTable(page, [finding(claim)], settings);
      writeFileSync(page, `${readFileSync(page, 'utf8')}After.\n`);
      writeTable(page, [finding({ ...claim, id: 'S99' })], settings);
      const text = readFileSync(page, 'utf8');
      assert.match(text, /^Before\.\n<!--[^]*\| S99 \|[^]*-->\nAfter\.\n$/);
      assert.ok(!text.includes('| S2 |'), 'the table of the run before is gone');

      writeTable(page, [finding({ ...claim, id: 'W7' })], settings);
      const both = readFileSync(page, 'utf8');
      assert.ok(both.startsWith(text), 'the server’s table is not the browser’s');
      assert.match(both.slice(text.length), /^<!--[^]*\| W7 \|[^]*-->\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names each row that says no where the page says no word about it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-test-'));
    const page = path.join(folder, 'page.md');
    const short = (id: string) => finding({ ...claim, id, limit: { least: 0.8 } });
    const findings = [short('S2'), short('S2/single'), short('S3'), finding({ ...claim, id: 'S4' })];
    try {
      writeTable(page, findings, { rounds: 15, quick: false });
      assert.deepEqual(unexplained(page, findings), ['S2', 'S2/single', 'S3']);
      writeFileSync(page, `${readFileSync(page, 'utf8')}| S1, S2/single | why |\n| S3 | why |\n`);
      assert.deepEqual(unexplained(page, findings), ['S2']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has said why in docs/performance.md, for each row that says no there', () => {
    const page = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));
    const rows = [...readFileSync(page, 'utf8').matchAll(/^\| (\S+) \|.*\| \*\*no\*\* \|/gm)];
    assert.ok(rows.length > 0);
    const findings = rows.map(([, id]) => finding({ ...claim, id: id!, limit: { least: 0.8 } }));
    assert.deepEqual(unexplained(page, findings), []);
  });
});
