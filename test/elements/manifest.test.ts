import { expect } from '@open-wc/testing';
import { ChatWidget } from '../../src/elements/chat-widget.ts';

interface Manifest {
  readonly modules: readonly {
    readonly declarations: readonly {
      readonly tagName: string;
      readonly attributes: readonly { readonly name: string }[];
    }[];
  }[];
}

describe('custom-elements.json', () => {
  it('documents every attribute that <chat-widget> listens to, and no other', async () => {
    const manifest = (await (await fetch('/custom-elements.json')).json()) as Manifest;
    const widget = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === 'chat-widget');
    expect(widget?.attributes.map(({ name }) => name)).to.have.members(ChatWidget.observedAttributes);
  });
});
