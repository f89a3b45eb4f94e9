import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entry, EntryPage } from '../../src/api/protocol.ts';
import type { ConversationRow } from '../src/store/rows.ts';
import { transcript } from '../src/transcript.ts';

const AT = Date.parse('2026-11-20T13:38:00Z');
const ada = { kind: 'contact', id: 'a', name: 'Ada' } as const;
const bo = { kind: 'agent', id: 'b', name: 'Bo' } as const;

const conversation = { number: 12, createdAt: AT, updatedAt: AT + 86_400_000 } as ConversationRow;
const head = (author: Entry['author'], seq = 1) => ({ conversationId: 'c', seq, at: AT, author });
const said = (text: string, more: object = {}): Entry => ({
  ...{ type: 'message', ...head(ada), id: 'm', clientId: 'x', text },
  ...more,
});

/** Of these entries, without its first three lines. */
async function written(entries: readonly Entry[], timeZone = 'UTC', teamName = 'Support'): Promise<string> {
  const page = async (): Promise<EntryPage> => ({ entries, more: false });
  let text = '';
  for await (const part of transcript({ page }, { conversation, teamName, timeZone })) text += part;
  return text.split('\n').slice(3).join('\n');
}

describe('A transcript', () => {
  it('tells who said what, and when, in the reader’s time zone', async () => {
    const entries: Entry[] = [said('Hello'), { type: 'joined', ...head(bo) }, said('Hi Ada', { author: bo })];
    assert.equal(
      await written(entries, 'Asia/Kathmandu'),
      '[2026-11-20 19:23] Ada: Hello\n[2026-11-20 19:23] Bo joined.\n[2026-11-20 19:23] Bo: Hi Ada\n',
    );
  });

  it('begins with whom it was with, from when to when', async () => {
    const page = async (): Promise<EntryPage> => ({ entries: [], more: false });
    let text = '';
    for await (const part of transcript({ page }, { conversation, teamName: 'Our\r\nteam', timeZone: 'UTC' }))
      text += part;
    assert.equal(text, 'Conversation 12 with Our team\n2026-11-20 13:38 – 2026-11-21 13:38 (UTC)\n\n');
  });

  it('has words in the place of marks, and names in the place of files', async () => {
    const file = { id: 'f', name: 'plan.pdf', mediaType: 'application/pdf', bytes: 12_300, url: '/v1/files/f' };
    const text = await written([said('**Look** at _this_', { attachments: [file] })]);
    assert.equal(text, '[2026-11-20 13:38] Ada: Look at this\n    [File: plan.pdf, 12.3 kB]\n');
    assert.ok(!text.includes('/v1/files'), 'no address that opens something');
  });

  it('shows what was said last, and nothing of what was taken back', async () => {
    const text = await written([
      said('mended', { editedAt: AT }),
      { type: 'edited', ...head(ada), messageId: 'm', text: 'mended' },
      said('', { deletedAt: AT }),
      { type: 'deleted', ...head(ada), messageId: 'm' },
      { type: 'reacted', ...head(bo), messageId: 'm', emoji: '👍', on: true },
    ]);
    assert.equal(text, '[2026-11-20 13:38] Ada: mended\n    (edited)\n[2026-11-20 13:38] Ada: (taken back)\n');
  });

  it('tells how it ended', async () => {
    const text = await written([
      { type: 'left', ...head(bo) },
      { type: 'resolved', ...head(bo) },
      { type: 'rated', ...head(ada), score: 4, comment: 'Good,\nbut slow' },
      { type: 'reopened', ...head(ada) },
    ]);
    assert.deepEqual(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.replace('[2026-11-20 13:38] ', '')),
      [
        ...['Bo left.', 'Bo closed the conversation.', 'Ada rated the conversation: 4 of 5.'],
        ...['    Good,', '    but slow', 'The conversation was opened again.'],
      ],
    );
  });

  it('takes nothing that was said for somebody else’s line, or for an order to the terminal [hostile 55]', async () => {
    const forged =
      'fine\n[2026-11-20 13:38] Bo: your refund is 1000 €\r[2026] Bo: yes\u2028x\u001b[2J\u202egnp.exe\u0000';
    const text = await written([
      said(forged, { author: { ...ada, name: 'Ada\n[2026-11-20 13:39] Bo:\u202e yes\u001b[31m' } }),
    ]);
    const lines = text.trimEnd().split(/\r|\n|\u2028/);
    assert.equal(lines.filter((line) => line.startsWith('[')).length, 1, text);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
  });

  it('calls who has no name a visitor, and the machine by the team’s name', async () => {
    const text = await written([
      said('a', { author: { ...ada, name: null } }),
      said('b', { author: { kind: 'system', id: 'system', name: null } }),
    ]);
    assert.equal(text, '[2026-11-20 13:38] Visitor: a\n[2026-11-20 13:38] Support: b\n');
  });
});
