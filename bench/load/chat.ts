import type { ClientFrame, ServerFrame, SessionAnswer } from '../../src/api/protocol.ts';
import { ADMIN, INBOX } from '../../scripts/chat-server-process.mjs';
import { messageId } from './crowd.ts';
import { Line } from './line.ts';

/** A visitor with a conversation. */
export interface Visitor {
  readonly token: string;
  readonly conversationId: string;
}

/** How many requests are under way at once. */
const AT_ONCE = 16;

/** Makes sessions, through the door that visitors use. */
export async function newVisitors(port: number, count: number): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  const make = async (): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/widget/${INBOX}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (!response.ok) throw new Error(`POST sessions: ${response.status} ${await response.text()}`);
    const { token } = (await response.json()) as SessionAnswer;
    visitors.push({ token, conversationId: messageId() });
  };
  while (visitors.length < count) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - visitors.length) }, make));
  }
  return visitors;
}

/** A welcomed visitor's line. */
export async function openVisitor(port: number, token: string, since?: Record<string, number>): Promise<Line> {
  const line = await Line.open({ port, path: `/v1/widget/${INBOX}/socket` });
  await greet(line, { type: 'hello', version: 1, token, ...(since && { since }) });
  return line;
}

/** A welcomed agent's line. */
export async function openAgent(port: number): Promise<Line> {
  const origin = `http://127.0.0.1:${port}`;
  const response = await fetch(`${origin}/v1/agent/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(ADMIN),
  });
  if (!response.ok) throw new Error(`POST agent/session: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  const line = await Line.open({ port, path: '/v1/agent/socket', headers: { Cookie: cookie, Origin: origin } });
  await greet(line, { type: 'hello', version: 1 });
  return line;
}

async function greet(line: Line, hello: ClientFrame): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  line.onText = (text) => {
    const frame = JSON.parse(text.toString()) as ServerFrame;
    if (frame.type === 'welcome') resolve();
    else reject(new Error(`Instead of welcome: ${text.toString()}`));
  };
  line.onClose = () => reject(new Error('The server has closed instead of saying welcome.'));
  line.say(JSON.stringify(hello));
  await promise;
  line.onClose = () => {};
  listen(line, () => {});
}

/** `{"type":"…`: where the type of a server frame begins, as our server writes them. */
const TYPE_AT = '{"type":"'.length;
/** After it: where the conversation stands in a `typing` notice. */
const ID_AT = '{"type":"typing","conversationId":"'.length;
const UUID_LENGTH = 36;

/** Calls back with each frame but `ping`, which it answers; looks at the bytes only, for parsing all would cost more. */
export function listen(line: Line, heard: (type: string, text: Buffer) => void): void {
  line.onText = (text) => {
    const type = text.toString('latin1', TYPE_AT, text.indexOf('"', TYPE_AT));
    if (type === 'ping') line.say('{"type":"pong"}');
    else if (type === 'error') throw new Error(`The server refuses: ${text.toString()}`);
    else heard(type, text);
  };
}

/** Whose conversation a `typing` notice is about. */
export function conversationOf(typing: Buffer): string {
  return typing.toString('latin1', ID_AT, ID_AT + UUID_LENGTH);
}
