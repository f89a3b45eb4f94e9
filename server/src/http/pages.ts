import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../mail/html.ts';

/** A page of the server's own. Its body is constant: nothing that anybody sent goes in there. */
interface Page {
  /** Plain text. */
  readonly title: string;
  readonly body: string;
  /** Module scripts of this server, by path. */
  readonly scripts?: readonly string[];
  /** Who may frame it, as CSP has it. Default: nobody. */
  readonly framedBy?: readonly string[];
}

const STYLE = `
html, body { block-size: 100%; margin: 0; font: 16px/1.5 system-ui, sans-serif; color-scheme: light dark }
main { max-inline-size: 40rem; margin: 15vh auto; padding: 0 1.5rem }
chat-console { display: block; block-size: 100dvh }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but our own scripts, our own sockets and pictures. */
const policy = (framedBy: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob: https:",
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy.join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

/** Sends a page. */
export function sendPage(
  reply: FastifyReply,
  { title, body, scripts = [], framedBy = ["'none'"] }: Page,
): FastifyReply {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<style>${STYLE}</style>
${scripts.map((path) => `<script type="module" src="${path}"></script>`).join('\n')}
</head>
<body>${body}</body>
</html>
`;
  return reply
    .header('Content-Security-Policy', policy(framedBy))
    .header('Cache-Control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html);
}
