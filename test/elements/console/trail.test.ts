import { expect } from '@open-wc/testing';
import type { TrailReport } from '../../../src/api/protocol.ts';
import type { ChatClient } from '../../../src/api/chat-client.ts';
import { all, find, sees, textOf, until } from './screen.ts';
import { openFromList, World } from './world.ts';
import { uuid } from '../../../src/api/uuid.ts';

describe('<chat-console> beside somebody who walks through the site', () => {
  const world = new World();

  const page = (path: string, title: string): Partial<TrailReport> => ({
    ...{ type: 'page', url: `https://shop.example${path}`, title },
  });

  async function report(client: ChatClient, ...items: Partial<TrailReport>[]): Promise<void> {
    const body = { items: items.map((item) => ({ id: uuid(), ageMs: 0, ...item })) };
    const { http, path } = client.parts;
    await http.request(`${path}/trail`, { method: 'POST', token: client.token(), body });
  }

  it('shows in the details where they have been, and where they go, as they go', async () => {
    const console = await world.signedIn();
    const { client } = await world.visitor('Which bag is best?');
    const walk = (...items: Partial<TrailReport>[]) => report(client, ...items);
    for (let i = 1; i <= 3; i++) {
      await walk(...[1, 2, 3].map((j) => page(`/bags/${i}${j}`, `Bag ${i}${j}`)));
    }
    await openFromList(console, 'Which bag is best');
    const trail = await find(console, 'ul[aria-labelledby="trail"]');
    await until(
      () => all(trail, 'li').length === 8,
      () => textOf(trail),
    );
    expect(textOf(all(trail, 'li')[0])).to.match(/^Bag 33 shop\.example\/bags\/33 /);
    await walk(page('/pay', 'Pay'));
    await until(
      () => textOf(all(trail, 'li')[0]).startsWith('Pay'),
      () => textOf(trail),
    );
    expect(all<HTMLAnchorElement>(trail, 'a')[0].href).to.equal('https://shop.example/pay');
    (await find(console, 'button', 'Show more')).click();
    await until(
      () => all(trail, 'li').length === 10,
      () => textOf(trail),
    );
    await expect(console).to.be.accessible();
  });

  it('shows among the messages what the site reports of them', async () => {
    const console = await world.signedIn();
    const { client, id } = await world.visitor('I want this one');
    await openFromList(console, 'I want this one');
    const thread = await find(console, 'cw-console-thread');
    await sees(thread, 'I want this one');
    const event = { type: 'event', name: 'added to cart', data: { bag: 'Skerry', count: 2 } } as const;
    await report(client, event);
    await sees(thread, 'On the site: added to cart – bag: Skerry, count: 2');
    await client.send(id, 'Done');
    await sees(thread, /I want this one.*added to cart.*Done/);
  });
});
