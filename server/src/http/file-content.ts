import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { contentDisposition } from '../files/file-name.ts';
import { isInline, UNKNOWN_KIND } from '../files/kinds.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { App } from './app.ts';
import { readRange } from './byte-range.ts';
import { failures, Nothing } from './schemas.ts';

/** A file can do nothing, whoever opens it: no script, no form, no origin, nothing loaded (CSP 3, `sandbox`). */
const POLICY = "sandbox; default-src 'none'";

const Content = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/**
 * The content of files, for whoever has a signed address: `<img>` and downloads bring no proof of their own. Only
 * pictures, sounds and films of well-known kinds are served as what they are; all else is bytes to be saved.
 */
export function fileContentRoute(app: App, { store, files, now }: Parts): void {
  app.get(
    '/v1/files/:id/:name',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Files'],
        security: [],
        summary: 'What stands in a file',
        description: 'The address is `url` of an attachment; `&download` saves what would be shown. Takes `Range`.',
        params: Type.Object({ id: Type.String(), name: Type.String() }),
        response: { '2xx': Content, 304: Nothing, ...failures },
        querystring: Type.Object({
          exp: Type.Optional(Type.String({ description: 'Good until then, s since 1970.' })),
          sig: Type.Optional(Type.String()),
          download: Type.Optional(Type.String()),
        }),
      },
    },
    async (request, reply) => {
      const { exp = '', sig = '', download } = request.query;
      // Without a signature there is nothing here, whatever the id.
      if (!/^\d{1,12}$/.test(exp) || sig === '') throw notFound();
      const row = await store.attachments.find(request.params.id);
      const isGood = row && store.fileSigner.isGood({ id: row.file.id, ...row }, { exp: Number(exp), sig }, now());
      if (!isGood) throw new Refusal('forbidden', 'This address is over, or it is for another file.');

      const { id, name, mediaType, bytes } = row.file;
      const etag = `"${id}"`;
      const secondsLeft = Number(exp) - Math.floor(now() / 1_000);
      const isShown = isInline(mediaType) && download === undefined;
      void reply.headers({
        ETag: etag,
        'Cache-Control': `private, max-age=${Math.max(0, secondsLeft)}, immutable`,
        'Accept-Ranges': 'bytes',
        'Content-Security-Policy': POLICY,
      });
      if (request.headers['if-none-match'] === etag) return reply.status(304).send(null);

      const range = readRange(request.headers, bytes, etag);
      if (range === 'outside') {
        void reply.header('Content-Range', `bytes */${bytes}`);
        throw new Refusal('bad_request', 'There is nothing in this range.', { status: 416 });
      }
      const content = await files.open(row, range);
      if (!content) throw notFound();
      if (range) void reply.status(206).header('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`);
      return reply
        .headers({
          'Content-Type': isInline(mediaType) ? mediaType : UNKNOWN_KIND,
          'Content-Length': range ? range.end - range.start + 1 : bytes,
          'Content-Disposition': contentDisposition(isShown ? 'inline' : 'attachment', name),
        })
        .send(content);
    },
  );
}
