import type { App } from './app.ts';

/** Two speech bubbles; the picture of every page of ours. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="9" fill="#4f5bd5"/>
<path fill="#fff" d="M11 8h10a5 5 0 0 1 5 5v3a5 5 0 0 1-5 5h-5l-5 4.500V21a5 5 0 0 1-5-5v-3a5 5 0 0 1 5-5Z"/>
</svg>
`;

const DAY_SECONDS = 86_400;

/** `/favicon.svg`, and `/favicon.ico` for pages that name no icon: browsers go by the type, not by the name. */
export function faviconRoutes(app: App): void {
  const options = { config: { rateLimit: false as const }, schema: { hide: true } };
  for (const path of ['/favicon.svg', '/favicon.ico']) {
    app.get(path, options, async (_request, reply) =>
      reply.header('Cache-Control', `public, max-age=${DAY_SECONDS}`).type('image/svg+xml').send(ICON),
    );
  }
}
