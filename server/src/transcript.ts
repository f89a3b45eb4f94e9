import type { Entry, MessageEntry } from '../../src/api/protocol.ts';
import { formatBytes } from '../../src/text/format-bytes.ts';
import { parseMarkdown, plainText } from '../../src/text/markdown.ts';
import { fill } from '../../src/text/phrase.ts';
import type { Entries } from './store/entries.ts';
import type { ConversationRow } from './store/rows.ts';
import { englishTranscript, type TranscriptWords } from './transcript-words.ts';

export interface TranscriptOptions {
  readonly conversation: ConversationRow;
  /** In whose name the system speaks. */
  readonly teamName: string;
  /** IANA name; times are written in it. */
  readonly timeZone: string;
  /** Default English. */
  readonly words?: TranscriptWords;
}

/**
 * What could move a terminal's cursor or turn the text round: control characters but line breaks and tabs, and those of
 * writing directions.
 */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A conversation as people read it, part by part: what was said last, without what was taken back, and nothing of the
 * agents' notes. No text can pass for another line: its own lines are indented.
 */
export async function* transcript(
  entries: Pick<Entries, 'page'>,
  { conversation, teamName, timeZone, words = englishTranscript }: TranscriptOptions,
): AsyncGenerator<string> {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const { number, createdAt, updatedAt } = conversation;
  yield `${fill(words.title, { number, team: line(teamName) })}\n`;
  yield `${clock.format(createdAt)} – ${clock.format(updatedAt)} (${timeZone})\n\n`;
  for (let after = 0; ;) {
    const page = await entries.page(conversation, { after, limit: 100 });
    for (const entry of page.entries) {
      const said = wordsOf(entry, teamName, words);
      if (said !== undefined) yield `[${clock.format(entry.at)}] ${said}\n`;
    }
    if (!page.more) return;
    after = page.entries.at(-1)?.seq ?? after;
  }
}

function wordsOf(entry: Entry, teamName: string, words: TranscriptWords): string | undefined {
  const name = line(entry.author.name ?? (entry.author.kind === 'contact' ? words.visitor : teamName));
  switch (entry.type) {
    case 'message':
      return `${name}: ${block(messageLines(entry, words))}`;
    case 'joined':
      return fill(words.joined, { name });
    case 'left':
      return fill(words.left, { name });
    case 'resolved':
      return fill(words.closed, { name });
    case 'reopened':
      return words.reopened;
    case 'rated':
      return block([fill(words.rated, { name, count: entry.score }), ...linesOf(entry.comment ?? '')]);
    // What they tell shows in their message.
    case 'edited':
    case 'deleted':
    case 'reacted':
    case 'note':
    case 'assigned':
      return undefined;
  }
}

function messageLines(
  { text, attachments = [], content, editedAt, deletedAt }: MessageEntry,
  words: TranscriptWords,
): string[] {
  if (deletedAt !== undefined) return [`(${words.takenBack})`];
  return [
    ...linesOf(plainText(parseMarkdown(text))),
    ...attachments.map(({ name, bytes }) => `[${words.file}: ${line(name)}, ${formatBytes(bytes, words.lang)}]`),
    ...(content?.type === 'cards' ? content.cards.map(({ title }) => `[${line(title)}]`) : []),
    ...(editedAt === undefined ? [] : [`(${words.edited})`]),
  ];
}

/** Without those that are empty. Whatever ends a line anywhere ends one here. */
function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|[\n\u0085\u2028\u2029]/)
    .map((each) => each.replace(UNSAFE, ''))
    .filter((each) => each.trim() !== '');
}

const block = (lines: readonly string[]): string => lines.join('\n    ');

const line = (text: string): string => text.replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
