/** Every run of the fault suite, in the order in which they are carried out. The controls stand in controls.ts. */
import { browserStorage } from './browser-storage.ts';
import { clocks } from './clocks.ts';
import { diskFull } from './disk-full.ts';
import { drain } from './drain.ts';
import type { FaultRun } from './fault-run.ts';
import { offline } from './offline.ts';
import { slowReader } from './slow-reader.ts';
import { R1, R2 } from './storm-runs.ts';
import { tabs } from './tabs.ts';

export const RUNS: readonly FaultRun[] = [R1, R2, clocks, diskFull, browserStorage, tabs, offline, slowReader, drain];
