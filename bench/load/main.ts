/** A load process: does the jobs that its parent names, see `load.ts`. */
import { jobs } from './jobs.ts';
import type { Jobs } from './jobs.ts';
import type { Call, Reply } from './load.ts';

const table: Readonly<Record<keyof Jobs, (...args: never[]) => Promise<unknown>>> = jobs;

async function answer({ id, job, args }: Call): Promise<Reply> {
  try {
    return { id, result: await table[job](...(args as never[])) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (call: Call) => void answer(call).then((reply) => process.send?.(reply)));
process.on('disconnect', () => process.exit(0));
