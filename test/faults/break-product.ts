/**
 * Breaks the product for one control: loaded before everything else (`node --import`), it changes a line or two of a
 * source file on its way into the process. The file itself stays as it is.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Names the control, in the environment of the processes that are to be broken. */
export const CONTROL_VARIABLE = 'FAULT_CONTROL';

interface Break {
  /** From the root of the project. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly line: string;
  readonly becomes: string;
}

export const BREAKS = {
  'acknowledgement before commit': [
    {
      file: 'server/src/store/append-sqlite.ts',
      line: "file.statement('begin immediate').run();",
      becomes: `
        if (!file.inTransaction) {
          file.statement('begin immediate').run();
          setTimeout(() => file.inTransaction && file.statement('commit').run(), 40);
        }`,
    },
    { file: 'server/src/store/append-sqlite.ts', line: "file.statement('commit').run();", becomes: '' },
  ],
  'no idempotency': [
    {
      file: 'server/src/store/append-plan.ts',
      line: 'const before = batch.byClientId(row, clientId);',
      becomes: 'const before = undefined;',
    },
    {
      file: 'server/src/store/migrations.ts',
      line: ".createIndex('entries_client_id')\n          .unique()",
      becomes: ".createIndex('entries_client_id')",
    },
  ],
  'no gap check': [
    {
      file: 'src/api/thread-growth.ts',
      line: 'if (ahead < 1 || (!hasNewer && ahead > 1)) return thread;',
      becomes: 'if (ahead < 1) return thread;',
    },
    {
      file: 'src/api/log-state.ts',
      line: 'if (held?.lastSeq !== entry.seq - 1) return next;',
      becomes: 'if (!held || held.lastSeq >= entry.seq) return next;',
    },
    {
      file: 'src/api/message-news.ts',
      line: 'if (entry.seq !== this.reach(entry.conversationId) + 1) return;',
      becomes: 'if (entry.seq <= this.reach(entry.conversationId)) return;',
    },
  ],
  'resume off by one': [
    {
      file: 'src/api/conversation-log.ts',
      line: 'await this.#loadMissed(id, lastSeqOf(thread));',
      becomes: 'await this.#loadMissed(id, lastSeqOf(thread) + 1);',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Break[]>>;

const root = new URL('../../', import.meta.url).href;
const breaks: readonly Break[] = BREAKS[process.env[CONTROL_VARIABLE] as keyof typeof BREAKS] ?? [];

if (breaks.length) {
  registerHooks({
    load(url, context, nextLoad) {
      const wanted = breaks.filter(({ file }) => url === root + file);
      if (!wanted.length) return nextLoad(url, context);
      const source = wanted.reduce(apply, readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}

/** @throws when the product has changed, so that there is nothing to break any more */
function apply(source: string, { file, line, becomes }: Break): string {
  const parts = source.split(line);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times what a control breaks: ${line}`);
  return parts.join(becomes);
}
