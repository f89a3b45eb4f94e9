import type { FastifyBaseLogger } from 'fastify';
import type { Bus } from './bus/bus.ts';
import type { Config } from './config.ts';
import type { Files } from './files/files.ts';
import type { InboxDirectory } from './inbox-directory.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Metrics } from './metrics.ts';
import type { Lock } from './store/node-lock.ts';
import type { AgentPresence } from './presence.ts';
import type { ConversationRow } from './store/rows.ts';
import type { ConversationRouter } from './routing/routing-plan.ts';
import type { Store } from './store/store.ts';
import type { TeamFaces } from './team-faces.ts';

/** What goes on with the flows of chatbots (`bots/bot-runner.ts`). */
export interface Bots {
  /** Something was said where a bot answers, or is about to begin. Never throws. */
  wake(conversationId: string): void;
  /** A person goes on from here. */
  stop(conversation: ConversationRow): Promise<void>;
}

/** What a running server is made of; both doors get it. */
export interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly bus: Bus;
  readonly files: Files;
  readonly lock: Lock;
  /** Told in each `welcome`. */
  readonly epoch: string;
  readonly inboxes: InboxDirectory;
  readonly presence: AgentPresence;
  readonly router: ConversationRouter;
  readonly team: TeamFaces;
  readonly bots: Bots;
  readonly mailer: Mailer;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
  /** ms since 1970. */
  readonly now: () => number;
  /** True from the moment that the server was asked to stop. */
  readonly isStopping: () => boolean;
}
