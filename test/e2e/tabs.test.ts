import { it } from 'node:test';
import { pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine('Two tabs of one visitor', (world) => {
  it('show the same conversation: what is written in one appears in the other', async () => {
    const server = await world().server();
    const site = await world().newSite({ '/': pageWithChat() }, server);
    const profile = await world().newProfile();
    const first = await Visitor.at(profile, `${site.url}/`);
    await first.openChat();
    await first.write('One moment.');
    await first.messages.reads('One moment.', 'Sent');

    const second = await Visitor.at(profile, `${site.url}/`);
    await second.openChat();
    await second.messages.reads('One moment.');
    await second.write('Here is my order number: 4711');
    await first.messages.readsOnceEach('One moment.', 'Here is my order number: 4711');
    await first.write('And thanks!');
    await second.messages.readsOnceEach('One moment.', 'Here is my order number: 4711', 'And thanks!');
  });
});
