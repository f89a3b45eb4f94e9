import { setTimeout as wait } from 'node:timers/promises';
import { mintToken } from '../../server/src/identity/token.ts';
import type { GoalGroup, Room, Settings } from '../context.ts';
import { finding } from '../findings.ts';
import type { Door } from '../load/arrivals.ts';
import { Load } from '../load/load.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import { collectGarbage, COLLECTING, cpuSeconds, quiet, residentBytes, startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { median } from '../statistics.ts';

/** A whole round of heartbeats (`LIMITS.heartbeatMs`), so that everybody is pinged once. */
const HEARTBEAT_MS = 25_000;
/** https://centrifugal.dev/blog/2020/02/10/million-connections-with-centrifugo: 27 GB for a million. */
const CENTRIFUGO_KB = 30;

/** A server that people come to and stay at. */
class Place {
  readonly server: ServerProcess;
  readonly #door: Door;
  readonly #load: Load;
  readonly #empty: number;
  #tokens: readonly string[];
  #guests = 0;

  private constructor(server: ServerProcess, door: Door, load: Load, tokens: readonly string[]) {
    this.server = server;
    this.#door = door;
    this.#load = load;
    this.#tokens = tokens;
    this.#empty = residentBytes(server.pid);
  }

  /** For so many guests. */
  static async open(room: Room, server: ServerProcess, door: Exclude<Door, 'chat'>, guests: number): Promise<Place> {
    const load = await room.keep(new Load());
    await collectGarbage(server.pid);
    return new Place(server, door, load, Array.from({ length: guests }, mintToken));
  }

  static async openOurs(room: Room, guests: number): Promise<Place> {
    const server = await room.keep(startOurs(COLLECTING));
    const load = await room.keep(new Load());
    const visitors = await load.call('newVisitors', server.port, guests);
    // The making of sessions must not have left memory behind that guests are given later.
    await server.kill();
    await server.restart();
    await collectGarbage(server.pid);
    return new Place(
      server,
      'chat',
      load,
      visitors.map(({ token }) => token),
    );
  }

  /** The next so many come in. */
  async admit(count: number) {
    const before = cpuSeconds(this.server.pid);
    const startedAt = performance.now();
    await this.#load.call('arrive', this.#door, this.server.port, this.#tokens.slice(0, count));
    this.#tokens = this.#tokens.slice(count);
    this.#guests += count;
    const seconds = (performance.now() - startedAt) / 1_000;
    return { count, seconds, cpuMicros: ((cpuSeconds(this.server.pid) - before) / count) * 1e6 };
  }

  /** What each guest costs, KB. */
  async memoryEach(): Promise<number> {
    await collectGarbage(this.server.pid);
    return (residentBytes(this.server.pid) - this.#empty) / 1_024 / this.#guests;
  }

  /** Share of a core, %, over so long. */
  async busyFor(ms: number): Promise<number> {
    const before = cpuSeconds(this.server.pid);
    await wait(ms);
    return ((cpuSeconds(this.server.pid) - before) / (ms / 1_000)) * 100;
  }
}

async function doors(settings: Settings, room: Room) {
  const rounds = settings.quick ? 2 : 9;
  const guests = settings.quick ? 1_000 : 10_000;
  // The rehearsal lets a part in too.
  const part = guests / (rounds + 1);
  const open = async (file: string, args: readonly string[], door: Exclude<Door, 'chat'>): Promise<Place> =>
    Place.open(room, await room.keep(startServer(file, args, { env: COLLECTING })), door, guests);
  const places = {
    ours: await Place.openOurs(room, guests),
    floor: await open('floors/door.ts', [], 'bare'),
    socketIo: await open('peers/socket-io.ts', ['echo'], 'socket.io'),
  };
  const series = await interleave(rounds, {
    ours: () => places.ours.admit(part),
    floor: () => places.floor.admit(part),
    socketIo: () => places.socketIo.admit(part),
  });
  return { places, series, guests };
}

/** S7, S8, S13: people who come and then say nothing. */
export const idle: GoalGroup = {
  goals: ['S7', 'S8', 'S13'],
  async run(settings, room) {
    const { places, series, guests } = await doors(settings, room);
    const crowd = guests.toLocaleString('en-US');
    const arrival = { title: 'one who comes in, token checked, welcomed: CPU', unit: 'µs' };
    const cpu = series.ours.cpuMicros;
    const arrivals = [
      finding({
        ...arrival,
        ...compare(cpu, series.floor.cpuMicros),
        id: 'S8',
        against: 'ws + HMAC',
        limit: { most: 1.7 },
        notes: [`${Math.round(median(series.ours.rates))} come in per second`],
      }),
      finding({
        ...arrival,
        ...compare(cpu, series.socketIo.cpuMicros),
        id: 'S8/socket.io',
        against: 'socket.io',
        limit: { most: 0.6 },
      }),
    ];

    const memory = { title: `one of ${crowd} who is here and silent, memory`, unit: 'KB' };
    const value = await places.ours.memoryEach();
    const memories = [
      finding({
        ...memory,
        id: 'S7',
        value,
        against: 'ws',
        floor: await places.floor.memoryEach(),
        limit: { most: 1.6 },
      }),
      finding({
        ...memory,
        id: 'S7/socket.io',
        value,
        against: 'socket.io',
        floor: await places.socketIo.memoryEach(),
        limit: { most: 0.7 },
      }),
      finding({
        ...memory,
        id: 'S7/centrifugo',
        value,
        against: 'Centrifugo, published',
        floor: CENTRIFUGO_KB,
        limit: { most: 1 / 3 },
      }),
    ];

    if (!settings.wanted.has('S13')) return [...memories, ...arrivals];
    await quiet(places.ours.server.pid);
    const ms = settings.quick ? HEARTBEAT_MS / 5 : HEARTBEAT_MS;
    const [busy, floorBusy] = await Promise.all([places.ours.busyFor(ms), places.floor.busyFor(ms)]);
    const idling = finding({
      id: 'S13',
      title: `${crowd} people here and silent, CPU`,
      unit: '% of a core',
      value: busy,
      limit: { most: 3 },
      notes: [`pings alone, by ws: ${floorBusy.toFixed(1)} %`],
    });
    return [...memories, ...arrivals, idling];
  },
};
