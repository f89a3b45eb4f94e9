import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from './config.ts';
import { BotRunner } from './bots/bot-runner.ts';
import type { Bus } from './bus/bus.ts';
import { Files } from './files/files.ts';
import { firstStart } from './first-start.ts';
import type { FirstStart } from './first-start.ts';
import { agentAccountRoutes } from './http/agent-accounts.ts';
import { agentPasswordRoute } from './http/agent-password.ts';
import { agentSessionRoutes } from './http/agent-session.ts';
import { agentSocketRoute } from './http/agent-socket.ts';
import { agentRoutes } from './http/agents.ts';
import { apiDocs } from './http/api-docs.ts';
import { apiKeyRoutes } from './http/api-keys.ts';
import { assignmentRoutes } from './http/assignments.ts';
import { assignmentRuleRoutes } from './http/assignment-rules.ts';
import { attributeRoutes } from './http/attributes.ts';
import { attributeValueRoutes } from './http/attribute-values.ts';
import { botFlowRoutes } from './http/bot-flows.ts';
import { createApp } from './http/app.ts';
import type { App } from './http/app.ts';
import { assetRoutes } from './http/assets.ts';
import { auditLogRoute } from './http/audit-log.ts';
import { chatAuthTokenRoute } from './http/chat-auth-token.ts';
import { chatPageRoute } from './http/chat-page.ts';
import { consoleRoute } from './http/console-page.ts';
import { faviconRoutes } from './http/favicon.ts';
import { fileContentRoute } from './http/file-content.ts';
import { agentFileRoutes } from './http/files.ts';
import { contactBlockRoute } from './http/contact-block.ts';
import { contactDataRoutes } from './http/contact-data.ts';
import { contactRoutes } from './http/contacts.ts';
import { conversationBotRoutes } from './http/conversation-bot.ts';
import { conversationRoutes } from './http/conversations.ts';
import { demoRoutes } from './http/demo.ts';
import { healthRoutes } from './http/health.ts';
import { inboxSecretRoutes } from './http/inbox-secrets.ts';
import { inboxImageRoutes } from './http/inbox-images.ts';
import { inboxRoutes } from './http/inboxes.ts';
import { loaderRoutes } from './http/loader.ts';
import { messageChangeRoutes } from './http/message-changes.ts';
import { messageRoutes } from './http/messages.ts';
import { observeRequests } from './http/observe.ts';
import { settingsFormRoutes } from './http/settings-form.ts';
import { trailRoute } from './http/trail.ts';
import { teamRoutes } from './http/teams.ts';
import { transcriptRoute } from './http/transcripts.ts';
import { triggerTestRoute } from './http/trigger-test.ts';
import { triggerRoutes } from './http/triggers.ts';
import { visitorDoor } from './http/visitor-door.ts';
import { visitorTokenRoutes } from './http/visitor-tokens.ts';
import { keepHouse } from './housekeeping.ts';
import { InboxDirectory } from './inbox-directory.ts';
import type { LogTarget } from './log.ts';
import { createMailer } from './mail/mailer.ts';
import { Metrics } from './metrics.ts';
import { watchNodes } from './node-watch.ts';
import { openNode } from './node.ts';
import type { Parts } from './parts.ts';
import { AgentPresence } from './presence.ts';
import { Router } from './routing/router.ts';
import { Sockets } from './socket/sockets.ts';
import type { Store } from './store/store.ts';
import { TeamFaces } from './team-faces.ts';
import { tellAfterDeath, tellAtStart, tellDoubted } from './tell-again.ts';

/** A server that is ready to listen. */
export interface ChatServer {
  readonly app: App;
  readonly store: Store;
  readonly bus: Bus;
  readonly files: Files;
  readonly presence: AgentPresence;
  readonly router: Router;
  /** What `listen` has made because the database was empty; null at every later start. */
  readonly firstStart: FirstStart | null;
  /** Starts to listen, then makes what an empty database lacks. Resolves with its address, e.g. `http://127.0.0.1:8787`. */
  listen(): Promise<string>;
  /** Stops gracefully: clients are told to come back, what was received is answered and stored. Twice is once. */
  close(): Promise<void>;
}

/**
 * Connections that may wait for us, as far as the system lets them (`net.core.somaxconn`): after a restart everybody
 * comes at once, and whoever finds no room is heard a second later.
 */
const BACKLOG = 4_096;

/** How long a server that is going down leaves requests that are under way to be answered, ms. */
const ANSWER_MS = 1_500;

/** What tests may replace. */
export interface ChatServerOptions {
  /** Default: stderr. */
  readonly logTarget?: LogTarget;
  /** ms since 1970; default: the clock. */
  readonly now?: () => number;
}

/** Opens store and bus and puts all routes up. @throws ConfigError when they cannot be used as it says */
export async function createChatServer(config: Config, options: ChatServerOptions = {}): Promise<ChatServer> {
  const { logTarget, now = Date.now } = options;
  const app = await createApp(config, logTarget);
  const node = await openNode(config, app.log);
  const { store, bus, lock, epoch } = node;
  const inboxes = new InboxDirectory(store, bus, now);
  let closing: Promise<void> | undefined;
  const isStopping = (): boolean => closing !== undefined;
  const mailer = createMailer(config, app.log);
  const metrics = new Metrics(store);
  const presence = await AgentPresence.open({ store, bus, log: app.log, now, presenceMs: config.limits.presenceMs });
  const files = new Files({ ...config, store, log: app.log });
  const parts: Parts = {
    config,
    store,
    bus,
    files,
    lock,
    epoch,
    inboxes,
    presence,
    get router() {
      return router;
    },
    team: new TeamFaces({ store, presence, now }),
    get bots() {
      return bots;
    },
    mailer,
    metrics,
    log: app.log,
    now,
    isStopping,
  };
  const bots = new BotRunner(parts);
  const router = new Router(parts);
  store.onDoubt((doubt) => void tellDoubted(parts, doubt));
  const sockets = new Sockets(parts);
  await putRoutesUp(app, parts, sockets);
  const stopHousekeeping = keepHouse(parts);
  let stopWatching = (): void => {};
  let made: FirstStart | null = null;

  async function stop(): Promise<void> {
    // Nobody new from now on: a proxy finds the door shut, and asks the next node.
    app.server.close();
    // Sockets first, while everything still works: what they have sent is stored and answered before they go.
    await sockets.drain();
    const everybodyHasLeft = app.close();
    await Promise.race([everybodyHasLeft, wait(ANSWER_MS, undefined, { ref: false })]);
    // Browsers keep connections ready on which nothing is ever asked.
    app.server.closeAllConnections();
    await everybodyHasLeft;
    await bots.close();
    stopHousekeeping();
    stopWatching();
    await files.close();
    await mailer.close();
    await router.close();
    inboxes.close();
    await presence.close();
    await node.close();
  }

  return {
    app,
    store,
    bus,
    files,
    presence,
    router,
    get firstStart() {
      return made;
    },
    async listen() {
      await app.listen({ port: config.port, host: config.host, backlog: BACKLOG });
      // Not before: secrets that are made for a start that fails would never be shown to anybody.
      made = await firstStart(store, config);
      await bots.start();
      await router.start();
      if (bus.isShared) {
        void tellAtStart(parts);
        stopWatching = watchNodes(parts, (heardAt) => void tellAfterDeath(parts, heardAt));
      }
      const { address, family, port } = app.server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    },
    close() {
      closing ??= stop();
      return closing;
    },
  };
}

async function putRoutesUp(app: App, parts: Parts, sockets: Sockets): Promise<void> {
  app.decorateRequest('inbox', null);
  app.decorateRequest('visitor', null);
  app.decorateRequest('caller', null);
  observeRequests(app, parts);
  await apiDocs(app);
  await assetRoutes(app, parts.config);
  loaderRoutes(app, parts);
  chatPageRoute(app, parts);
  await visitorDoor(app, parts, sockets);
  await agentFileRoutes(app, parts);
  fileContentRoute(app, parts);
  agentSessionRoutes(app, parts);
  agentSocketRoute(app, parts, sockets);
  conversationRoutes(app, parts);
  conversationBotRoutes(app, parts);
  assignmentRoutes(app, parts);
  messageRoutes(app, parts);
  messageChangeRoutes(app, parts);
  chatAuthTokenRoute(app, parts);
  await visitorTokenRoutes(app, parts);
  contactRoutes(app, parts);
  contactBlockRoute(app, parts);
  contactDataRoutes(app, parts);
  trailRoute(app, parts);
  attributeRoutes(app, parts);
  attributeValueRoutes(app, parts);
  triggerRoutes(app, parts);
  botFlowRoutes(app, parts);
  triggerTestRoute(app, parts);
  transcriptRoute(app, parts);
  inboxRoutes(app, parts);
  await inboxImageRoutes(app, parts);
  settingsFormRoutes(app, parts);
  inboxSecretRoutes(app, parts);
  apiKeyRoutes(app, parts);
  auditLogRoute(app, parts);
  agentRoutes(app, parts);
  teamRoutes(app, parts);
  assignmentRuleRoutes(app, parts);
  agentAccountRoutes(app, parts);
  agentPasswordRoute(app, parts);
  healthRoutes(app, parts);
  consoleRoute(app, parts.config);
  faviconRoutes(app);
  demoRoutes(app, parts);
  await app.ready();
}
