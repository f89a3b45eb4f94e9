import { bundleFloor, compressed, peerScript, type Script } from './bundle.ts';
import type { PageServer } from './page-server.ts';
import type { Shop } from './shop.ts';

/** https://www.npmjs.com/package/deep-chat, as one file. */
export const DEEP_CHAT = 'deep-chat/dist/deepChat.bundle.js';

/** What stands in a page that has nothing of a chat in it, but as many elements and one script. */
const NOTHING = compressed(Buffer.from('export {};\n'));

/** What a page may have in it instead of ours, and what it costs to have it there. */
export interface Contestant {
  readonly script?: Script;
  /** The part of a page that brings it. */
  readonly html: string;
}

/** All who show a launcher, or in the case of deep-chat itself, each by what a page has in it. */
export async function launchers(pages: PageServer, shop: Shop) {
  const place = (name: string, script: Script, tag = '<chat-widget></chat-widget>'): Contestant => {
    const address = pages.add(`/${name}.js`, script);
    return { script, html: `<script type="module" async src="${address}"></script>${tag}` };
  };
  return {
    none: place('none', NOTHING),
    vanilla: place('vanilla', await bundleFloor('vanilla')),
    vanillaLazy: place('vanilla-lazy', await bundleFloor('vanilla-lazy')),
    lit: place('lit', await bundleFloor('lit')),
    ours: { html: shop.tag() } as Contestant,
    imported: {
      html: `<script type="module" async src="${shop.url}/chat-widget.js"></script><chat-widget></chat-widget>`,
    } as Contestant,
    deepChat: place('deep-chat', peerScript(DEEP_CHAT), '<deep-chat></deep-chat>'),
  };
}

export function pageOf(body: string, title = 'A page'): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><body>${body}`;
}
