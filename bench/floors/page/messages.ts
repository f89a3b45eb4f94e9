/** Messages as the lists of floors show them, and as the store of the real server is filled with them. */
export interface Message {
  readonly id: string;
  readonly own: boolean;
  readonly author: string;
  readonly text: string;
  readonly at: number;
}

const WORDS = 'the order with two bags has left our loft this morning and will be at your door by noon'.split(' ');
const MOST_WORDS = 60;

/** The same for the same number, everywhere; two to sixty words, short ones more often. */
export function textOf(number: number): string {
  // Lehmer's generator, seeded by the number (Park and Miller 1988).
  let state = (number * 48_271 + 11) % 2_147_483_647;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  random();
  const count = 2 + Math.floor(random() ** 2 * MOST_WORDS);
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}

/** Three in a row are the visitor's, two the agent's. */
export const isOwn = (number: number): boolean => number % 5 < 3;

export function messageOf(number: number): Message {
  const own = isOwn(number);
  return {
    id: `message-${number}`,
    own,
    author: own ? 'You' : 'Agnes Agent',
    text: textOf(number),
    at: 1.7e12 + number * 1_000,
  };
}

export const messagesOf = (first: number, last: number): Message[] =>
  Array.from({ length: last - first + 1 }, (_, index) => messageOf(first + index));

export const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 16);

export const LIST_STYLE = `.panel{position:fixed;inset-block-end:88px;inset-inline-end:20px;width:400px;height:600px;display:flex;flex-direction:column;
background:#fff;border-radius:16px;box-shadow:0 8px 32px #0003;font:15px/1.4 system-ui}
.log{flex:1;overflow-y:auto;overflow-anchor:none;padding:0 12px}
.row{display:flex;gap:8px;padding:4px 0}.row.own{flex-direction:row-reverse}
.face{flex:none;width:28px;height:28px;border-radius:50%;background:#dbeafe}
.bubble{max-width:75%;padding:8px 12px;border-radius:14px;background:#f1f5f9;overflow-wrap:anywhere}.own .bubble{background:#4364df;color:#fff}
.author,.foot{font-size:12px;opacity:.7}.text{white-space:pre-wrap}textarea{margin:12px;font:inherit}`;
