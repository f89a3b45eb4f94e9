import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { page, withTables } from '../../scripts/settings-page.ts';
import { SettingsSchema } from '../src/settings.ts';

describe('docs/settings.md', () => {
  const written = readFileSync(page, 'utf8');

  it('says of every setting what the schema says: else run scripts/settings-page.ts', async () => {
    assert.equal(written, await withTables(written));
  });

  it('has every group', () => {
    for (const group of Object.keys(SettingsSchema.properties)) {
      assert.ok(written.includes(`<!-- settings: ${group} -->`), group);
    }
  });
});
