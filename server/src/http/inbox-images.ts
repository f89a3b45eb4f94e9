import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { endingsOf, pictureOf } from '../files/kinds.ts';
import type { Parts } from '../parts.ts';
import { notFound } from '../refusal.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { takeFile } from './file-form.ts';
import { callerOf, scopeOf } from './requester.ts';
import { failures, Nothing } from './schemas.ts';

const access = { permission: 'settings', admin: true } as const;
/** A logo is small; what is larger is a photo that nobody has scaled down. */
export const MOST_IMAGE_BYTES = 2_097_152;
/** The same address is always the same picture. */
const FOREVER = 'public, max-age=31536000, immutable';
const POLICY = "sandbox; default-src 'none'";

const Content = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** Pictures that settings name: uploaded by who sets an inbox up, seen by everybody. */
export async function inboxImageRoutes(app: App, parts: Parts): Promise<void> {
  const { store, files, config } = parts;

  // A form is what another site could make a browser send: nowhere else is one read.
  await app.register(async (scope: App) => {
    await scope.register(multipart);
    scope.post(
      '/v1/inboxes/:id/images',
      {
        preParsing: requireCaller(scope, parts, access),
        config: { isUpload: true },
        schema: {
          tags: ['Inboxes'],
          security: securityOf(access),
          summary: 'Upload a picture for the settings',
          description:
            'Multipart, with one part, `file`: PNG, JPEG, GIF, WebP or AVIF by its content, 2 MB at most. `url` goes into ' +
            'a setting such as `appearance.logoUrl`. Everybody may see it there, and it never changes.',
          consumes: ['multipart/form-data'],
          params: Type.Object({ id: Type.String() }),
          response: {
            201: Type.Object({
              url: Type.String({ description: 'Absolute.' }),
              width: Type.Optional(Type.Integer({ description: 'In pixels.' })),
              height: Type.Optional(Type.Integer()),
            }),
            ...failures,
          },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const caller = callerOf(request);
        const limit = scopeOf(caller);
        const row = limit === undefined || limit === id ? await store.inboxes.find(id) : null;
        if (!row) throw notFound();
        const by = caller.kind === 'agent' ? caller.agent.id : caller.key.id;
        const { name, width, height } = await take(request, by);
        const origin = config.publicUrl ?? `${request.protocol}://${request.host}`;
        return reply.status(201).send({ url: new URL(`/v1/images/${name}`, origin).href, width, height });
      },
    );
  });

  app.get(
    '/v1/images/:name',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Files'],
        security: [],
        summary: 'A picture of the settings',
        params: Type.Object({ name: Type.String() }),
        response: { 200: Content, 304: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const [, id, ending = ''] = /^([0-9a-f]{32})\.([a-z]+)$/.exec(request.params.name) ?? [];
      const mediaType = pictureOf(ending);
      if (!id || !mediaType) throw notFound();
      const etag = `"${id}"`;
      const headers = { ETag: etag, 'Cache-Control': FOREVER, 'Content-Security-Policy': POLICY };
      if (request.headers['if-none-match'] === etag) return reply.status(304).headers(headers).send(null);
      const content = await files.openPicture(id);
      if (!content) throw notFound();
      return reply.headers({ ...headers, 'Content-Type': mediaType }).send(content);
    },
  );

  async function take(request: FastifyRequest, uploaderId: string) {
    const { id, mediaType, width, height } = await takeFile(request, MOST_IMAGE_BYTES, ({ file: content }) =>
      files.takePicture({ uploaderId, content, mostBytes: MOST_IMAGE_BYTES }),
    );
    return { name: `${id}.${endingsOf(mediaType)[0]}`, width, height };
  }
}
