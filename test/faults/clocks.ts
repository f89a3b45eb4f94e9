/** R4: every clock is wrong, and set while people talk. */
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { clocksOfPages } from './clocks-of-pages.ts';
import { clocksOfPeople } from './clocks-of-people.ts';
import { clocksOfTokens } from './clocks-of-tokens.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Findings } from './findings.ts';
import { Stage } from './stage.ts';
import { ServerClock } from './wrong-clocks.ts';

export const clocks: FaultRun = {
  name: 'R4',
  title: 'clocks of devices and server that are wrong by minutes to years, and jump',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, options: RunOptions): Promise<RunResult> {
  const findings = new Findings();
  const clock = stage.add(new ServerClock(), (each) => each.dispose());
  const server = stage.add(await ChatServerProcess.start(clock.env), (each) => each.dispose());
  await clocksOfPeople(stage, options, server, clock, findings);
  await clocksOfTokens(stage, server, clock, findings);
  await clocksOfPages(stage, server, findings);
  return findings.result('R4', options.store);
}
