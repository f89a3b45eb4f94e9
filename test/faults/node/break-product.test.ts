import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BREAKS } from '../break-product.ts';

describe('A control of the fault suite', () => {
  for (const [name, breaks] of Object.entries(BREAKS)) {
    it(`can break what it is about: ${name}`, () => {
      for (const { file, line } of breaks) {
        const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
        assert.equal(source.split(line).length - 1, 1, `${file} holds it once: ${line}`);
      }
    });
  }
});
