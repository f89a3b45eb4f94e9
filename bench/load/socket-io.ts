import { openLines, cutAll, TYPING } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { Line } from './line.ts';

/** Engine.IO 4 and Socket.IO 5, as far as they are needed: https://socket.io/docs/v4/socket-io-protocol/ */
const PING = 0x32;
const PONG = '3';
const EVENT = '42';

/** A line that a socket.io server has taken in. */
export async function openSocketIo(port: number, token = ''): Promise<Line> {
  const line = await Line.open({ port, path: '/socket.io/?EIO=4&transport=websocket' });
  const opened = await line.next();
  if (!opened.startsWith('0')) throw new Error(`socket.io opens with ${opened}`);
  const connected = line.next();
  line.say(`40${JSON.stringify({ token })}`);
  const answer = await connected;
  if (!answer.startsWith('40')) throw new Error(`socket.io refuses: ${answer}`);
  onEvent(line, () => {});
  return line;
}

/** Calls back for every event, and answers pings. */
export function onEvent(line: Line, heard: () => void): void {
  line.onText = (text) => {
    if (text.length === 1 && text[0] === PING) line.say(PONG);
    else if (text.toString('latin1', 0, EVENT.length) === EVENT) heard();
  };
}

/** An event named `m`. */
export function event(json: string): string {
  return `${EVENT}["m",${json}]`;
}

/** Each echo is one message done. */
export async function socketIoCrowd(port: number, count: number): Promise<Crowd> {
  const lines = await openLines(count, () => openSocketIo(port));
  const crowd: Crowd = {
    size: count,
    say: (member) => lines[member].say(event(TYPING)),
    onDone: () => {},
    leave: () => cutAll(lines),
  };
  for (const [member, line] of lines.entries()) onEvent(line, () => crowd.onDone(member));
  return crowd;
}
