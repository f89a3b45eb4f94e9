import { ContextProvider } from '@lit/context';
import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { applyFields } from '../../src/api/chat-state.ts';
import { clientContext } from '../../src/context/client-context.ts';
import { ClientController } from '../../src/controllers/client-controller.ts';
import { MemoryClient } from '../elements/memory-client.ts';

class ConnectionLamp extends LitElement {
  renders = 0;
  readonly connection = new ClientController(this, (state) => state.connection);

  protected override render() {
    this.renders++;
    return html`${this.connection.value}`;
  }
}
customElements.define('test-connection-lamp', ConnectionLamp);

describe('ClientController', () => {
  let stage: HTMLElement;
  let client: MemoryClient;
  let provider: ContextProvider<typeof clientContext>;

  beforeEach(() => {
    client = new MemoryClient();
    stage = document.createElement('div');
    provider = new ContextProvider(stage, { context: clientContext, initialValue: client });
    document.body.append(stage);
  });

  afterEach(() => stage.remove());

  async function setup() {
    const lamp = document.createElement('test-connection-lamp') as ConnectionLamp;
    stage.append(lamp);
    await lamp.updateComplete;
    return lamp;
  }

  const become = (connection: 'open' | 'waiting') => client.set((state) => applyFields(state, { connection }));

  it('shows its slice, and the next one', async () => {
    const lamp = await setup();
    expect(lamp.shadowRoot!.textContent).to.equal('open');
    become('waiting');
    await lamp.updateComplete;
    expect(lamp.shadowRoot!.textContent).to.equal('waiting');
  });

  it('does not update its host when the slice is the same', async () => {
    const lamp = await setup();
    const { renders } = lamp;
    client.set((state) => applyFields(state, { unreadMessages: 3 }));
    await lamp.updateComplete;
    expect(lamp.renders).to.equal(renders);
  });

  it('shows a slice that somebody looked at before the news of it came', async () => {
    const lamp = await setup();
    client.state = applyFields(client.state, { connection: 'waiting' });
    expect(lamp.connection.value).to.equal('waiting');
    client.set((state) => applyFields(state, { unreadMessages: 1 }));
    await lamp.updateComplete;
    expect(lamp.shadowRoot!.textContent).to.equal('waiting');
  });

  it('only stops listening when its host leaves, and catches up when it comes back', async () => {
    const lamp = await setup();
    lamp.remove();
    expect(client.listeners).to.equal(0);
    become('waiting');
    await lamp.updateComplete;
    expect(lamp.shadowRoot!.textContent).to.equal('open');
    stage.append(lamp);
    expect(client.listeners).to.equal(1);
    await lamp.updateComplete;
    expect(lamp.shadowRoot!.textContent).to.equal('waiting');
  });

  it('follows another client when there is another one', async () => {
    const lamp = await setup();
    const other = new MemoryClient();
    other.set((state) => applyFields(state, { connection: 'closed' }));
    provider.setValue(other);
    await lamp.updateComplete;
    expect(lamp.shadowRoot!.textContent).to.equal('closed');
    expect(client.listeners).to.equal(0);
  });
});
