/** `npm start`: builds what browsers get, if it is missing or older than its source, then starts the server. */
import { ensureBundles } from './build.mjs';

await ensureBundles();
await import('../server/src/main.ts');
