/** R15: the product broken on purpose, a line at a time. Checks that do not see it are worth nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CONTROL_VARIABLE, type BREAKS } from './break-product.ts';
import type { ControlResult, FaultControl, RunOptions, RunResult } from './fault-run.ts';

type Count = 'lost' | 'duplicated' | 'outOfOrder' | 'mismatches';

const HOOK = new URL('break-product.ts', import.meta.url).href;
const STORM = fileURLToPath(new URL('broken-storm.ts', import.meta.url));

/** What each must be caught by; anything else that goes wrong does not count. */
const EVIDENCE: Readonly<Record<keyof typeof BREAKS, Count>> = {
  'acknowledgement before commit': 'lost',
  'no idempotency': 'duplicated',
  'no gap check': 'lost',
  'resume off by one': 'lost',
};

export const CONTROLS: readonly FaultControl[] = Object.entries(EVIDENCE).map(([name, evidence]) => ({
  name,
  async run(options: RunOptions): Promise<ControlResult> {
    const result = await runBroken(name, options);
    return { name, caught: result[evidence] > 0, failures: result.failures };
  },
}));

/** In a process of its own: what is broken there, in client or server, is whole everywhere else. */
async function runBroken(name: string, { seed, scale, log, signal }: RunOptions): Promise<RunResult> {
  const child = spawn(process.execPath, [STORM, String(seed), String(scale)], {
    signal,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      [CONTROL_VARIABLE]: name,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${HOOK}`,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = output.trimEnd().split('\n');
  const result = lines.pop() ?? '';
  for (const line of lines) log(line);
  if (code !== 0) throw new Error(`The storm ended with ${code}: ${result}`);
  return JSON.parse(result) as RunResult;
}
