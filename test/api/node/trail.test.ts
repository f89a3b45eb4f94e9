/** Pages and events on their way to the server: when they go, how often, and whose they are. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatClient } from '../../../src/api/chat-client.ts';
import type { ChatError } from '../../../src/api/chat-error.ts';
import type { TrailItem, TrailPage } from '../../../src/api/protocol.ts';
import { Trail } from '../../../src/api/trail.ts';
import { MovedClock } from '../moved-clock.ts';
import { World } from './world.ts';

const world = new World();

const page = (path: string) => ({ type: 'page', url: `https://shop.example${path}` }) as const;
const paths = (...all: readonly string[]) => all.map((path) => `https://shop.example${path}`);

/** A trail, and what its page is told of what was refused. */
class Reporter {
  readonly trail: Trail;
  readonly refusals: string[] = [];
  /** Each request to the trail. */
  readonly requests: string[] = [];
  readonly clock = new MovedClock();
  readonly client: ChatClient;
  /** What becomes of the next request, in place of being sent. */
  fail?: (send: () => Promise<Response>) => Promise<Response>;
  #done = () => {};

  constructor() {
    this.client = world.visitor({ clock: this.clock, fetch: (...request) => this.#fetch(...request) });
    this.trail = new Trail(
      () => this.client,
      (error: ChatError) => this.refusals.push(`${error.code} ${error.field ?? ''}`.trim()),
    );
    this.client.subscribe(() => this.trail.look());
  }

  /** What the server has, oldest first. */
  async kept(): Promise<(string | undefined)[]> {
    const { id } = this.client.state.contact!;
    const { body } = await world.server.request('GET', `/v1/contacts/${id}/trail?limit=100`);
    const words = (item: TrailItem) => (item.type === 'page' ? item.url : item.name);
    return (body as TrailPage).items.map(words).reverse();
  }

  /** Resolves when so many requests to the trail have been answered, or have failed. */
  async answered(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => (this.#done = resolve));
    // What is done with the answer is done.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #fetch(...[address, init]: Parameters<typeof fetch>): Promise<Response> {
    const send = () => fetch(address, init);
    if (!String(address).endsWith('/trail')) return send();
    const fail = this.fail;
    this.fail = undefined;
    try {
      return await (fail ? fail(send) : send());
    } finally {
      this.requests.push(String(init!.body));
      this.#done();
    }
  }
}

describe('What a visitor does on the site', () => {
  it('waits for a session, makes none, and goes out with it: in order, the latest hundred', async () => {
    const reporter = new Reporter();
    const { client, trail } = reporter;
    for (let i = 1; i <= 101; i++) trail.add(page(`/${i}`));
    await client.boot();
    assert.equal(client.state.contact, null);
    assert.deepEqual(reporter.requests, []);
    await client.startSession();
    await reporter.answered(20);
    assert.deepEqual(await reporter.kept(), paths(...Array.from({ length: 100 }, (_, i) => `/${i + 2}`)));
    trail.add({ type: 'event', name: 'cart', data: { bags: 1 } });
    await reporter.answered(21);
    assert.equal((await reporter.kept()).at(-1), 'cart');
  });

  it('is sent again when the way, or only the answer, was lost, and is kept once', async () => {
    const reporter = new Reporter();
    const { client, trail, clock } = reporter;
    await client.boot();
    await client.startSession();
    reporter.fail = async (send) => {
      await send();
      throw new TypeError('The answer got lost.');
    };
    trail.add(page('/a'));
    await reporter.answered(1);
    trail.add(page('/b'));
    assert.equal(reporter.requests.length, 1, 'nobody overtakes what waits');
    await clock.move(20_000);
    await reporter.answered(2);
    assert.deepEqual(await reporter.kept(), paths('/a', '/b'));
  });

  it('does not wait behind what the server does not take, and the page is told of that', async () => {
    const reporter = new Reporter();
    const { client, trail } = reporter;
    for (const each of [page('/a'), { type: 'event', name: 'x'.repeat(101) } as const, page('/b')]) trail.add(each);
    await client.boot();
    await client.startSession();
    await reporter.answered(2);
    assert.deepEqual(await reporter.kept(), paths('/a', '/b'));
    assert.deepEqual(reporter.refusals, ['bad_request /items/1/name']);
  });

  it('goes with whoever did it: the next one on this device gets none of it', async () => {
    const reporter = new Reporter();
    const { client, trail } = reporter;
    await client.boot();
    await client.startSession();
    reporter.fail = async () => new Response('{"error":{"code":"unavailable","message":"later"}}', { status: 503 });
    trail.add(page('/of-the-first'));
    await reporter.answered(1);
    await client.logout();
    await client.startSession();
    await reporter.clock.move(20_000);
    trail.add(page('/of-the-second'));
    await reporter.answered(2);
    assert.deepEqual(await reporter.kept(), paths('/of-the-second'));
  });

  it('waits for the next session when the last one is over', async () => {
    const reporter = new Reporter();
    const { client, trail } = reporter;
    await client.boot(await world.identity('over@trail.example'));
    assert.equal(await world.session('DELETE', client.token()!), 204);
    reporter.fail = async (send) => send();
    trail.add(page('/a'));
    await reporter.answered(1);
    await client.identify(await world.identity('over@trail.example'));
    await reporter.answered(2);
    assert.deepEqual(await reporter.kept(), paths('/a'));
    assert.deepEqual(reporter.refusals, []);
  });
});
