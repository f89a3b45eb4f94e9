/**
 * `npm run dev`: shop and console on http://localhost:8787 (or `PORT`), made from the sources at each request. The page
 * reloads when a file of the widget or the demo changes, the server restarts when one of its own does.
 *
 * Vite stands in front: it answers for the bundles and `src/`, everything else goes to the server behind it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { freePort } from './free-port.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = Number(process.env.PORT ?? 8787);
const serverPort = await freePort();

/** The bundles' names, and the sources that stand behind them here. */
const DOORS = new Map([
  ['/chat/demo.js', '/src/loader.ts'],
  ['/chat-widget.js', '/src/index.ts'],
  ['/chat-console.js', '/src/console.ts'],
]);

/** @returns {import('vite').Plugin} */
function doors() {
  return {
    name: 'doors',
    configureServer({ middlewares, watcher, ws }) {
      watcher.add(path.join(root, 'demo'));
      watcher.on('change', (file) => file.includes(`${path.sep}demo${path.sep}`) && ws.send({ type: 'full-reload' }));
      middlewares.use((request, response, next) => {
        const source = DOORS.get(new URL(request.url ?? '/', 'http://localhost').pathname);
        if (!source) return next();
        response.setHeader('content-type', 'text/javascript');
        response.end(`import '/@vite/client';\nexport * from '${source}';\n`);
      });
    },
  };
}

const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  plugins: [doors()],
  server: {
    port,
    strictPort: true,
    proxy: {
      '^/(?!src/|@|node_modules/|chat-(widget|console)\\.js|chat/demo\\.js)': {
        target: `http://127.0.0.1:${serverPort}`,
        ws: true,
      },
    },
  },
});
await vite.listen();

const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'server/src/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PORT: String(serverPort), PUBLIC_URL: `http://localhost:${port}` },
});
server.once('exit', (code) => process.exit(code ?? 0));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => server.kill(signal));
console.log(`Developing on http://localhost:${port}`);
