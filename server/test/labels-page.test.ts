import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { labelsPage, page } from '../../scripts/labels-page.ts';

describe('docs/labels.md', () => {
  it('has every text of the widget: else run scripts/labels-page.ts', async () => {
    assert.equal(readFileSync(page, 'utf8'), await labelsPage());
  });
});
