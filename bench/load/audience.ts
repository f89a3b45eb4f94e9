import type { TypingFrame } from '../../src/api/protocol.ts';
import { start } from './chat-crowd.ts';
import { listen, newVisitors, openAgent, openVisitor } from './chat.ts';
import { cutAll, openLines, TYPING } from './crowd.ts';
import { Line } from './line.ts';
import { event, onEvent, openSocketIo } from './socket-io.ts';

/** One who speaks, and many who hear it. */
export interface Audience {
  /** How many hear each word. */
  readonly size: number;
  speak(): void;
  /** Called for each who has heard. */
  onHeard: () => void;
  leave(): Promise<void>;
}

/** A bare WebSocket server that sends everybody what anybody sends. */
export async function bareAudience(port: number, size: number): Promise<Audience> {
  const lines = await openLines(size, () => Line.open({ port, path: '/' }));
  const audience = over(lines, () => lines[0].say(TYPING));
  for (const line of lines) line.onText = () => audience.onHeard();
  return audience;
}

export async function socketIoAudience(port: number, size: number): Promise<Audience> {
  const lines = await openLines(size, () => openSocketIo(port));
  const audience = over(lines, () => lines[0].say(event(TYPING)));
  for (const line of lines) onEvent(line, () => audience.onHeard());
  return audience;
}

/** An agent types, and so many tabs of the visitor hear of it: nothing is stored, as with the others. */
export async function chatAudience(port: number, size: number): Promise<Audience> {
  const agent = await openAgent(port);
  const [visitor] = (await newVisitors(port, 1)) as [Awaited<ReturnType<typeof newVisitors>>[number]];
  const lines = await openLines(size, () => openVisitor(port, visitor.token));
  await start(lines[0], visitor);
  const frame: TypingFrame = { type: 'typing', conversationId: visitor.conversationId, typing: true };
  const audience = over(lines, () => agent.say(JSON.stringify(frame)), agent);
  for (const line of lines) listen(line, (type) => type === 'typing' && audience.onHeard());
  return audience;
}

function over(lines: readonly Line[], speak: () => void, ...others: readonly Line[]): Audience {
  return { size: lines.length, speak, onHeard: () => {}, leave: () => cutAll([...lines, ...others]) };
}
