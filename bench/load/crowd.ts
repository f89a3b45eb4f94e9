import { Line } from './line.ts';

/** People who each write on a line of their own, in whatever protocol. */
export interface Crowd {
  readonly size: number;
  /** Sends one message of this member. */
  say(member: number): void;
  /** Called for each message that is done, with the member who said it. */
  onDone: (member: number) => void;
  leave(): Promise<void>;
}

/** As widgets make their ids: UUIDv7 (RFC 9562 §5.7), which stand in an index in the order in which they come. */
export function messageId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

export const TEXT = 'The quick brown fox jumps over the lazy dog. '.repeat(5).slice(0, 200);

/** A frame of someone who types, as everybody is sent it here. */
export const TYPING = JSON.stringify({
  type: 'typing',
  conversationId: '0192f3a1-7c00-7abc-8def-0123456789ab',
  typing: true,
});

/** Members 0 … n-1 on lines that a protocol has made ready. */
export async function openLines(count: number, open: (index: number) => Promise<Line>): Promise<Line[]> {
  const lines: Line[] = [];
  const AT_ONCE = 64;
  for (let from = 0; from < count; from += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => open(from + index));
    lines.push(...(await Promise.all(batch)));
  }
  return lines;
}

export async function cutAll(lines: readonly Line[]): Promise<void> {
  await Promise.all(lines.map((line) => line.cut()));
}

/** A bare WebSocket server that echoes what is typed. */
export async function typingCrowd(port: number, count: number): Promise<Crowd> {
  const lines = await openLines(count, () => Line.open({ port, path: '/' }));
  const crowd: Crowd = {
    size: count,
    say: (member) => lines[member].say(TYPING),
    onDone: () => {},
    leave: () => cutAll(lines),
  };
  for (const [member, line] of lines.entries()) line.onText = () => crowd.onDone(member);
  return crowd;
}

const ACK = '{"t":"ack"';

/** The floor of durable sends (floors/durable.ts): each member has a room with one reader, who reads all rooms. */
export async function sendingCrowd(port: number, count: number): Promise<Crowd> {
  const reader = await Line.open({ port, path: '/?reader' });
  const lines = await openLines(count, () => Line.open({ port, path: '/' }));
  const crowd: Crowd = {
    size: count,
    say: (member) => lines[member].say(JSON.stringify({ t: 'msg', id: messageId(), text: TEXT })),
    onDone: () => {},
    leave: () => cutAll([reader, ...lines]),
  };
  for (const [member, line] of lines.entries()) {
    line.onText = (text) => {
      if (text.toString('latin1', 0, ACK.length) === ACK) crowd.onDone(member);
    };
  }
  return crowd;
}
