import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import { Refusal } from '../refusal.ts';
import type { App } from './app.ts';
import { sendPage } from './pages.ts';

/** The doors: names that stay. What they import has a hash in its name. */
const DOORS = ['chat-widget.js', 'chat-console.js', 'loader.js'] as const;
export const DOOR_SECONDS = 60;
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * The built browser files, for any site: classic and module scripts of other origins need CORP and CORS. What the build
 * has compressed is served compressed.
 */
export async function assetRoutes(app: App, { assetsDir }: Config): Promise<void> {
  await app.register(fastifyStatic, {
    root: assetsDir,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    suppressWarning: true,
  });
  const options = { config: { rateLimit: false as const }, schema: { hide: true } };

  for (const name of DOORS) {
    app.get(`/${name}`, options, async (_request, reply) => {
      await requireBuild(assetsDir);
      return forAnySite(reply).header('Cache-Control', `public, max-age=${DOOR_SECONDS}`).sendFile(name);
    });
  }

  // As a site pins it. One that has pinned an older one gets this, if its browser takes it: better than no chat.
  app.get<{ Params: { version: string } }>('/loader-:version(^[\\w-]{8}).js', options, async (request, reply) => {
    const { version } = await loaderHash(assetsDir);
    const cache = request.params.version === version ? FOREVER : `public, max-age=${DOOR_SECONDS}`;
    return forAnySite(reply).header('Cache-Control', cache).sendFile('loader.js');
  });

  app.get('/loader.json', options, async (_request, reply) => {
    const { version, integrity } = await loaderHash(assetsDir);
    return forAnySite(reply)
      .header('Cache-Control', `public, max-age=${DOOR_SECONDS}`)
      .send({ src: `/loader-${version}.js`, integrity });
  });

  app.get<{ Params: { '*': string } }>('/chunks/*', options, async (request, reply) => {
    await requireBuild(assetsDir);
    return forAnySite(reply).header('Cache-Control', FOREVER).sendFile(`chunks/${request.params['*']}`);
  });
}

/** By which a site may pin the loader (W3C Subresource Integrity). @throws Refusal `unavailable` */
async function loaderHash(assetsDir: string): Promise<{ readonly version: string; readonly integrity: string }> {
  await requireBuild(assetsDir);
  const hash = createHash('sha384')
    .update(await readFile(join(assetsDir, 'loader.js')))
    .digest();
  return { version: hash.toString('base64url').slice(0, 8), integrity: `sha384-${hash.toString('base64')}` };
}

/** Classic and module scripts of other origins need both. */
export function forAnySite(reply: FastifyReply): FastifyReply {
  return reply.header('Access-Control-Allow-Origin', '*').header('Cross-Origin-Resource-Policy', 'cross-origin');
}

async function isBuilt(assetsDir: string): Promise<boolean> {
  return stat(join(assetsDir, DOORS[0])).then(
    (file) => file.isFile(),
    () => false,
  );
}

/** @throws Refusal `unavailable` */
export async function requireBuild(assetsDir: string): Promise<void> {
  if (!(await isBuilt(assetsDir))) throw new Refusal('unavailable', 'The browser files are not built: npm run build.');
}

/** Says what is missing, as a page. Returns false when nothing is. */
export async function sayUnbuilt(reply: FastifyReply, assetsDir: string): Promise<boolean> {
  if (await isBuilt(assetsDir)) return false;
  sendPage(reply.status(503), {
    title: 'Not built yet',
    body: '<main><h1>Not built yet</h1><p>Run <code>npm run build</code>, then load this page again.</p></main>',
  });
  return true;
}
