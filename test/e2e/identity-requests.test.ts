import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from './page.ts';
import { pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

/** What the router of a single-page application does: another address, and the attributes are written once more. */
const navigate = (page: Page, path: string) =>
  page.evaluate(async (to) => {
    history.pushState(null, '', to);
    const widget = document.querySelector('chat-widget') as unknown as HTMLElement & {
      identify(identity: object): Promise<{ verification: string }>;
    };
    const [email, authToken] = ['email', 'auth-token'].map((name) => widget.getAttribute(name) ?? undefined);
    for (const name of ['email', 'auth-token', 'first-name']) {
      const value = widget.getAttribute(name);
      if (value !== null) widget.setAttribute(name, value);
    }
    return (await widget.identify({ email, authToken, firstName: 'Ada' })).verification;
  }, path);

let people = 0;

inEveryEngine(
  'A customer who is signed in on ten pages',
  (world) => {
    it('is asked of the server on the first one only, and on none of their routes', async () => {
      const server = await world().server();
      const email = `ada-${++people}@ten.example`;
      const attributes = `email="${email}" auth-token="${await server.sign(email)}" first-name="Ada"`;
      const site = await world().newSite(
        // In the middle the proof is missing: within the session's time it is not looked at.
        { '/': pageWithChat(attributes), '/bare': pageWithChat(`email="${email}"`) },
        server,
      );
      const asked = () => site.requests.filter((address) => /\/sessions?$/.test(address)).length;
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.write('The first page');
      await visitor.messages.reads('The first page', 'Sent');
      assert.equal(asked(), 1);

      for (let load = 0; load < 10; load++) {
        await visitor.page.goto(site.url + (load % 3 ? '/' : '/bare'));
        assert.equal(await navigate(visitor.page, `/route/${load}/a`), 'verified');
        assert.equal(await navigate(visitor.page, `/route/${load}/b`), 'verified');
      }
      await visitor.openChat();
      await visitor.messages.reads('The first page');
      assert.equal(asked(), 1);
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
