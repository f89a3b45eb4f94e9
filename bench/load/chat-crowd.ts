import type { SendFrame, TypingFrame } from '../../src/api/protocol.ts';
import { conversationOf, listen, newVisitors, openAgent, openVisitor } from './chat.ts';
import type { Visitor } from './chat.ts';
import { cutAll, messageId, openLines, TEXT } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import type { Line } from './line.ts';

/** Visitors of our server, each in a conversation that is started; one agent reads all of them. */
async function visitorsAndAgent(ports: readonly number[], count: number) {
  const agent = await openAgent(ports[0]);
  const visitors = await newVisitors(ports[0], count);
  const lines = await openLines(count, (index) => openVisitor(ports[index % ports.length], visitors[index].token));
  await Promise.all(lines.map((line, index) => start(line, visitors[index])));
  return { agent, visitors, lines };
}

/** Says the first message of a conversation; resolves when it is stored. */
export async function start(line: Line, { conversationId }: Visitor): Promise<void> {
  const stored = new Promise<void>((resolve) => listen(line, (type) => type === 'entry' && resolve()));
  line.say(send(conversationId, { start: true }));
  await stored;
}

function send(conversationId: string, more: Partial<SendFrame> = {}): string {
  const frame: SendFrame = { type: 'send', conversationId, clientId: messageId(), text: TEXT, ...more };
  return JSON.stringify(frame);
}

/** A message is done when its writer hears it back: then it is stored. */
export async function chatCrowd(ports: readonly number[], count: number): Promise<Crowd> {
  const { agent, visitors, lines } = await visitorsAndAgent(ports, count);
  const crowd: Crowd = {
    size: count,
    say: (member) => lines[member].say(send(visitors[member].conversationId)),
    onDone: () => {},
    leave: () => cutAll([agent, ...lines]),
  };
  for (const [member, line] of lines.entries()) listen(line, (type) => type === 'entry' && crowd.onDone(member));
  return crowd;
}

/** A sign of typing is done when the agent hears of it. */
export async function chatTypingCrowd(port: number, count: number): Promise<Crowd> {
  const { agent, visitors, lines } = await visitorsAndAgent([port], count);
  const members = new Map(visitors.map(({ conversationId }, member) => [conversationId, member]));
  const frames = visitors.map(({ conversationId }) => {
    const frame: TypingFrame = { type: 'typing', conversationId, typing: true };
    return JSON.stringify(frame);
  });
  const crowd: Crowd = {
    size: count,
    say: (member) => lines[member].say(frames[member]),
    onDone: () => {},
    leave: () => cutAll([agent, ...lines]),
  };
  listen(agent, (type, text) => {
    if (type === 'typing') crowd.onDone(members.get(conversationOf(text))!);
  });
  return crowd;
}
