/** What is asked of the long runs is understood, or refused before anything is started. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

const CASES: readonly (readonly [script: string, request: string, says: RegExp])[] = [
  ['scripts/faults.mjs', '--only R99', /^There is no run "R99", but R1, .*R15\.\n$/],
  ['scripts/faults.mjs', '--seed abc', /^--seed must be a number, not "abc"\.\n$/],
  ['bench/main.ts', '--only W99', /^--only: W99 is none of S, W, S1, .*W13\.\n$/],
  ['bench/main.ts', '--rounds none', /^--rounds must be a whole number from 1 on\.\n$/],
];

describe('A request that makes no sense', () => {
  for (const [script, request, says] of CASES) {
    it(`is answered with one sentence, and 2: ${script} ${request}`, () => {
      const root = new URL('../../../', import.meta.url);
      const { status, stderr, stdout } = spawnSync(process.execPath, [script, ...request.split(' ')], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.match(stderr, says);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }
});
