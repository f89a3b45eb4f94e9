import { expect } from '@open-wc/testing';
import type { JsonObject } from '../../../../src/api/admin-client.ts';
import { kindOf, pagesOf, shownFields } from '../../../../src/elements/console/settings/field-schema.ts';
import { SettingsDraft } from '../../../../src/elements/console/settings/settings-draft.ts';
import { settingsAddress, settingsPlaceIn } from '../../../../src/elements/console/settings/settings-address.ts';
import { DEFAULTS, SAMPLE } from './sample-schema.ts';

describe('A draft of settings', () => {
  const draft = new SettingsDraft(SAMPLE, DEFAULTS);

  it('starts from the defaults of the schema', () => {
    expect(DEFAULTS['looks']).to.deep.equal({
      ...{ color: '#4364df', ground: '', logo: '', side: 'right', tone: 'warm' },
      shadow: { depth: 4, soft: true },
    });
    expect(draft.isChanged).to.equal(false);
    expect(draft.patch).to.deep.equal({});
  });

  it('patches only what was changed, at any depth, and lists as a whole', () => {
    const changed = draft.with('/looks/shadow/depth', 8).with('/words/domains', ['a.example']);
    expect(changed.patch).to.deep.equal({ looks: { shadow: { depth: 8 } }, words: { domains: ['a.example'] } });
    expect(changed.with('/looks/shadow/depth', 4).with('/words/domains', []).isChanged).to.equal(false);
  });

  it('changes one field of one row, and leaves the others the same objects', () => {
    const rows = [
      { id: 'a', title: 'A', url: 'https://a.example' },
      { id: 'b', title: 'B', url: 'https://b.example' },
    ];
    const changed = draft.with('/words/links', rows).with('/words/links/1/title', 'C');
    expect(changed.at('/words/links/1')).to.deep.equal({ id: 'b', title: 'C', url: 'https://b.example' });
    expect(changed.at('/words/links/0')).to.equal(rows[0]);
  });

  it('sends null for what goes back to its default', () => {
    const saved: JsonObject = { ...DEFAULTS, words: { ...(DEFAULTS['words'] as JsonObject), name: 'Crew' } };
    const reset = new SettingsDraft(SAMPLE, saved).with('/words/name', undefined);
    expect(reset.at('/words/name')).to.equal('Support');
    expect(reset.patch).to.deep.equal({ words: { name: null } });
    expect(reset.mayReset('/words/name')).to.equal(false);
  });

  it('makes the same changes to what somebody else has saved', () => {
    const theirs = draft.with('/words/name', 'Theirs').with('/looks/side', 'left').value;
    const mine = draft.with('/looks/side', 'left').with('/words/hello', 'Mine');
    const both = mine.onto(theirs);
    expect(both.at('/words/name')).to.equal('Theirs');
    expect(both.patch).to.deep.equal({ words: { hello: 'Mine' } });
    expect(both.undone.value).to.equal(theirs);
  });
});

describe('A schema of settings', () => {
  it('gives each group a page, but for those that stand on another one', () => {
    expect(pagesOf(SAMPLE).map(({ name, groups }) => [name, ...groups])).to.deep.equal([
      ['looks', 'looks'],
      ['words', 'words', 'times'],
    ]);
  });

  it('shows a field only while the one beside it says so, and never an id', () => {
    const times = SAMPLE.properties!['times']!;
    const names = (on: boolean) => shownFields(times, { on }).map(([name]) => name);
    expect(names(false)).to.deep.equal(['on', 'size', 'wait', 'week']);
    expect(names(true)).to.deep.equal(['on', 'zone', 'size', 'wait', 'week']);
    expect(
      shownFields(SAMPLE.properties!['words']!.properties!['links']!.items!, {}).map(([name]) => name),
    ).to.deep.equal(['title', 'url']);
  });

  it('says by type and hint which control a field gets', () => {
    expect(kindOf({ type: 'string', maxLength: 200 })).to.equal('text');
    expect(kindOf({ type: 'string', maxLength: 201 })).to.equal('multiline');
    expect(kindOf({ anyOf: [{ const: 'a' }, { const: 'b' }] })).to.equal('choice');
    expect(kindOf({ type: 'string', format: 'date' })).to.equal('date');
    expect(kindOf({ type: 'string', format: 'trusted-domain' })).to.equal('text');
    expect(kindOf({ type: 'string', 'x-field': 'markdown' })).to.equal('multiline');
  });
});

describe('The address of a page of the settings', () => {
  it('is read as it was written, whatever the inbox is called', () => {
    for (const place of [
      { inboxId: '', page: '' },
      { inboxId: '', page: 'agents' },
      { inboxId: 'my shop/ä', page: 'hours' },
    ]) {
      expect(settingsPlaceIn(settingsAddress(place))).to.deep.equal(place);
    }
    expect(settingsPlaceIn('#/conversations/1')).to.equal(undefined);
    expect(settingsPlaceIn('#/settings/%E0%A4%A/x')).to.equal(undefined);
  });
});
