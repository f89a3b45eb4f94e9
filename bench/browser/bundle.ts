import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

/** A script as it travels. */
export interface Script {
  readonly source: Buffer;
  readonly brotli: Buffer;
}

export function compressed(source: Buffer): Script {
  return { source, brotli: brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) };
}

/** A floor for the browser (bench/floors/page), bundled and minified like the product. */
export async function bundleFloor(name: string): Promise<Script> {
  const input = fileURLToPath(new URL(`../floors/page/${name}.ts`, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'es2022',
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: { input, output: { format: 'es', comments: false } },
    },
  });
  const [{ output }] = [result].flat() as { output: readonly { type: string; code?: string }[] }[];
  const { code } = output.find(({ type }) => type === 'chunk') ?? {};
  if (!code) throw new Error(`The floor ${name} was bundled into nothing.`);
  return compressed(Buffer.from(code));
}

/** A peer's script, as npm has it. */
export function peerScript(file: string): Script {
  return compressed(readFileSync(fileURLToPath(new URL(`../node_modules/${file}`, import.meta.url))));
}
