import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ATTRIBUTE_LIMITS } from '../../src/identity/attributes.ts';
import { profilePatch } from '../../src/identity/profile-rules.ts';
import type { ContactRow } from '../../src/store/rows.ts';

function contact(known: Partial<ContactRow> = {}): ContactRow {
  return {
    ...{ id: 'c', number: 1, inboxId: 'demo', externalId: null, email: null, claimedEmail: null },
    ...{ name: null, phone: null, notes: null, attributes: {}, unverified: [] },
    ...{ verifiedAt: null, mergedInto: null, blockedAt: null, createdAt: 0, updatedAt: 0 },
    ...known,
  };
}

describe('What is said about a contact', () => {
  it('replaces what is known when it is proven, and takes its marks away', () => {
    const known = contact({
      name: 'Old',
      phone: '1',
      attributes: { plan: 'free', seats: 2 },
      unverified: ['name', 'attributes.plan'],
    });
    assert.deepEqual(profilePatch(known, { name: 'New', attributes: { plan: 'pro' } }, 'proven'), {
      name: 'New',
      attributes: { seats: 2, plan: 'pro' },
      unverified: [],
    });
    assert.deepEqual(profilePatch(known, { name: 'Old' }, 'proven'), { unverified: ['attributes.plan'] });
  });

  it('fills only what is unknown when it comes with a minted token', () => {
    assert.deepEqual(profilePatch(contact(), { name: 'Gob' }, 'fill'), { name: 'Gob' });
    assert.deepEqual(profilePatch(contact({ name: 'Known' }), { name: 'Gob' }, 'fill'), {});
    assert.deepEqual(profilePatch(contact({ attributes: { a: 1 } }), { attributes: { a: 2, b: 3 } }, 'fill'), {
      attributes: { a: 1, b: 3 },
    });
  });

  it('fills only what is empty, marked, when it is not signed [hostile 33]', () => {
    const said = { name: 'Kim', phone: '1', notes: 'n', attributes: { plan: 'pro' } };
    assert.deepEqual(profilePatch(contact(), said, 'unproven'), {
      ...said,
      unverified: ['name', 'phone', 'notes', 'attributes.plan'],
    });
    const known = contact({ name: 'Known', phone: '0', notes: 'k', attributes: { plan: 'free' } });
    assert.deepEqual(profilePatch(known, said, 'unproven'), {
      attributes: { plan: 'pro' },
      unverified: ['attributes.plan'],
    });
  });

  it('stays proven when it is repeated without a proof', () => {
    assert.deepEqual(
      profilePatch(contact({ attributes: { plan: ['a'] } }), { attributes: { plan: ['a'] } }, 'unproven'),
      {},
    );
  });

  it('writes nothing when nothing is new', () => {
    const known = contact({ name: 'Kim', attributes: { a: { b: 1 } }, unverified: ['name'] });
    for (const rule of ['fill', 'unproven'] as const) {
      assert.deepEqual(profilePatch(known, { name: 'Kim', attributes: { a: { b: 1 } } }, rule), {});
    }
    assert.deepEqual(profilePatch(known, {}, 'proven'), {});
  });

  it('never grows beyond its limit: what was written longest ago goes, with its mark', () => {
    const full = Object.fromEntries(Array.from({ length: ATTRIBUTE_LIMITS.count }, (_, index) => [`k${index}`, index]));
    const patch = profilePatch(
      contact({ attributes: full, unverified: ['attributes.k0'] }),
      { attributes: { fresh: 1 } },
      'proven',
    );
    const keys = Object.keys(patch.attributes ?? {});
    assert.equal(keys.length, ATTRIBUTE_LIMITS.count);
    assert.deepEqual([keys[0], keys.at(-1)], ['k1', 'fresh']);
    assert.deepEqual(patch.unverified, []);
  });
});
