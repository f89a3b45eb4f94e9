import { expect, fixture, html } from '@open-wc/testing';
import { AgentClient } from '../../../src/api/agent-client.ts';
import '../../../src/elements/console/cw-details.ts';
import type { CwDetails } from '../../../src/elements/console/cw-details.ts';
import { conversation } from './conversations.ts';
import { textOf } from './screen.ts';

describe('<cw-details>', () => {
  it('says that no page is known only where the whole thread is', async () => {
    const client = new AgentClient({ server: location.origin });
    try {
      const shown = conversation(1);
      const details = await fixture<CwDetails>(
        html`<cw-details .client=${client} .conversation=${shown} .entries=${[shown.lastMessage]}></cw-details>`,
      );
      expect(textOf(details)).not.to.contain('Written from');
      details.complete = true;
      await details.updateComplete;
      expect(textOf(details)).to.contain('Written from').and.to.contain('No page is known');
    } finally {
      client.close();
    }
  });

  it('says of a name and an address without proof that they are not proven', async () => {
    const client = new AgentClient({ server: location.origin });
    try {
      const { contact } = conversation(1);
      const shown = conversation(1, { contact: { ...contact, name: 'Ann', email: 'ann@shop.example' } });
      const details = await fixture<CwDetails>(
        html`<cw-details .client=${client} .conversation=${shown}></cw-details>`,
      );
      expect(textOf(details)).to.match(/Ann ann@shop\.example Not verified Nothing has proven yet who this is\./);
    } finally {
      client.close();
    }
  });
});
