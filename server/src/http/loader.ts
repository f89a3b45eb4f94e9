import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Type } from 'typebox';
import type { DeviceSettings, WidgetSettings } from '../../../src/api/protocol.ts';
import { isShownIn } from '../../../src/countries.ts';
import { deviceOf } from '../../../src/device.ts';
import type { Device } from '../../../src/device.ts';
import { inboxStyle } from '../../../src/inbox-style.ts';
import type { WidgetLocale } from '../../../src/text/launcher-names.ts';
import { loaderWordsIn } from '../../../src/text/loader-words.ts';
import { countryOf } from '../country.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { localeFor } from './accept-language.ts';
import { addressOf } from './address.ts';
import type { App } from './app.ts';
import { DOOR_SECONDS, forAnySite, requireBuild } from './assets.ts';

const DEVICES: readonly Device[] = ['desktop', 'ios', 'android'];

interface Script {
  readonly etag: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/**
 * `/chat/{inbox}.js`: what a site pastes. The loader, with what it has to know of the inbox written in front, so that the
 * launcher is right at the first paint and one request is all that a page pays for a chat that nobody opens. There is one for
 * each language that a browser asks for: the page's own, which may be another, is not known here.
 */
export function loaderRoutes(app: App, { config, inboxes }: Parts): void {
  const { assetsDir } = config;
  const made = new WeakMap<Inbox, Map<string, Script>>();

  async function scriptOf(inbox: Inbox, locale: WidgetLocale, isShown: boolean): Promise<Script> {
    const scripts = made.get(inbox) ?? new Map<string, Script>();
    made.set(inbox, scripts);
    const key = `${locale} ${isShown}`;
    let script = scripts.get(key);
    if (!script) {
      const loader = await readFile(join(assetsDir, 'loader.js'), 'utf8');
      // The first line has what stands there for those who ask for no inbox.
      script = pack(prefixOf(inbox, locale, isShown) + loader.slice(loader.indexOf('\n') + 1) + suffixOf(inbox));
      scripts.set(key, script);
    }
    return script;
  }

  app.get(
    '/chat/:file(^[^/]+\\.js$)',
    {
      config: { rateLimit: false },
      schema: { hide: true, params: Type.Object({ file: Type.String({ pattern: '^[^/]+\\.js$' }) }) },
    },
    async (request, reply) => {
      await requireBuild(assetsDir);
      const inbox = await inboxes.get(request.params.file.slice(0, -'.js'.length));
      const { countries } = inbox.widget;
      const isShown = !countries || isShownIn(countries, countryOf(addressOf(request)));
      const script = await scriptOf(inbox, localeFor(request.headers['accept-language']), isShown);
      forAnySite(reply)
        .type('text/javascript; charset=utf-8')
        // What stands in a cache for many would be that of one country.
        .header('Cache-Control', `${countries ? 'private' : 'public'}, max-age=${DOOR_SECONDS}`)
        .header('Vary', 'Accept-Encoding, Accept-Language')
        .header('ETag', script.etag);
      if (request.headers['if-none-match'] === script.etag) return reply.status(304).send();
      const accepted = String(request.headers['accept-encoding'] ?? '');
      if (/\bbr\b/.test(accepted)) return reply.header('Content-Encoding', 'br').send(script.br);
      if (/\bgzip\b/.test(accepted)) return reply.header('Content-Encoding', 'gzip').send(script.gzip);
      return reply.send(script.plain);
    },
  );
}

/** `LoaderSettings` of src/loader.ts. */
function prefixOf({ row, widget }: Inbox, locale: WidgetLocale, isShown: boolean): string {
  const { appearance, identity, labels = [] } = widget;
  const { lang, name, failure } = loaderWordsIn(locale);
  const own = (key: string): string | undefined =>
    [locale, '']
      .map((each) => labels.find((label) => label.key === key && (label.language ?? '') === each))
      .find(Boolean)?.text;
  const said = {
    inbox: row.id,
    style: inboxStyle(appearance),
    left: appearance.position === 'left' || undefined,
    bare: !isShown || identity?.verifiedOnly || appearance.launcher !== 'show' || undefined,
    words: [own('launcher.openChat') ?? name, own('launcher.notLoaded') ?? failure, lang],
  };
  const rows = isShown ? (appearance.devices ?? []) : [];
  return `const CHAT=${rows.length ? forDevice(said, widget, rows) : JSON.stringify(said)};`;
}

/** The tags of the page, those that come later too, do not wait for a visitor's interest, unless they say when they begin. */
const BEGIN_EARLY = `
;(look => { new MutationObserver(look).observe(document, { childList: true, subtree: true }); look(); })(
() => document.querySelectorAll('chat-widget:not([session])').forEach(tag => tag.setAttribute('session', 'auto')));
`;

/** Of inboxes that say something first. Whom nobody talks with is asked for nothing. */
const suffixOf = ({ triggers, widget }: Inbox): string =>
  triggers.length === 0 || widget.identity?.verifiedOnly ? '' : BEGIN_EARLY;

/** What the inbox says for devices is chosen in the browser: what stands in caches is for all of them. */
function forDevice(said: object, { appearance, identity }: WidgetSettings, rows: readonly DeviceSettings[]): string {
  const chosen = DEVICES.map((device) => {
    const own = { ...appearance };
    for (const row of rows)
      if (row.device === device || (row.device === 'mobile' && device !== 'desktop')) Object.assign(own, row);
    const bare = identity?.verifiedOnly || own.launcher !== 'show';
    return [device, { style: inboxStyle(own), left: own.position === 'left', bare }];
  });
  return `{...${JSON.stringify(said)},...${JSON.stringify(Object.fromEntries(chosen))}[(${String(deviceOf)})(navigator)]}`;
}

function pack(text: string): Script {
  const plain = Buffer.from(text);
  return {
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: gzipSync(plain, { level: 9 }),
  };
}
