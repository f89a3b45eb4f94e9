import type { GoalGroup } from './context.ts';
import { cluster } from './goals/cluster.ts';
import { fanOut } from './goals/fan-out.ts';
import { history } from './goals/history.ts';
import { launcher } from './goals/launcher.ts';
import { idle } from './goals/idle.ts';
import { restart } from './goals/restart.ts';
import { sending, slowDisk } from './goals/sending.ts';
import { storm } from './goals/storm.ts';
import { hostPage } from './goals/host-page.ts';
import { idlePage } from './goals/idle-page.ts';
import { lighthouse } from './goals/lighthouse.ts';
import { opening } from './goals/opening.ts';
import { pageBytes } from './goals/page-bytes.ts';
import { thread } from './goals/thread.ts';
import { typing } from './goals/typing.ts';

/** In the order in which they are measured. */
export const goalGroups: readonly GoalGroup[] = [
  typing,
  sending,
  slowDisk,
  fanOut,
  idle,
  storm,
  cluster,
  restart,
  history,
  pageBytes,
  launcher,
  hostPage,
  opening,
  thread,
  idlePage,
  lighthouse,
];
