import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import Fastify, { LogController } from 'fastify';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import { LIMITS } from '../../../src/api/protocol.ts';
import { AddressSet } from '../address-set.ts';
import type { Config } from '../config.ts';
import { logOptions } from '../log.ts';
import type { LogTarget } from '../log.ts';
import { refusalOf } from '../validation.ts';
import { answerError, answerNotFound } from './errors.ts';
import { cutOffSlowBodies, UPLOAD_MS } from './patience.ts';
import { perAddress } from './rates.ts';
import { validatorCompiler } from './validator-compiler.ts';

/** Fastify with our schemas' types. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Of ws: a larger frame closes the socket with 1009 before anybody parses it. */
const SOCKET_OPTIONS = {
  maxPayload: LIMITS.frameBytes,
  perMessageDeflate: false,
  /** How long a closing socket waits for the other side's close frame, ms. */
  closeTimeout: 3_000,
};
/** Addresses and sessions whose rates are remembered at once. */
const REMEMBERED = 50_000;

/** The frame around all routes: limits, headers, errors, cookies, sockets. It has no routes. */
export async function createApp(config: Config, logTarget?: LogTarget): Promise<App> {
  const proxies = new AddressSet(config.trustedProxies);
  const { requestMs } = config.limits;
  const app: App = Fastify({
    logger: logOptions(config.logLevel, logTarget),
    // One line per request is enough, and it is ours: see observe.ts.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: LIMITS.frameBytes,
    trustProxy: config.trustedProxies.length > 0 && ((address: string) => proxies.has(address)),
    // All but uploads get much less, see patience.ts.
    requestTimeout: Math.max(requestMs, UPLOAD_MS),
    forceCloseConnections: 'idle',
    // What comes on a connection that is still open is answered like everything else, and the last on it.
    return503OnClosing: false,
    // Who drips bytes is cut off.
    http: { headersTimeout: Math.ceil(requestMs / 2), connectionsCheckingInterval: Math.ceil(requestMs / 10) },
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  // What we answer is made by functions of ours, field by field; the schemas describe it, they need not filter it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  // The compiler above makes typebox's errors, whatever Fastify's types say.
  app.setSchemaErrorFormatter((errors) => refusalOf(errors as never));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  // Only JSON is read: a form or a plain text is what another site could make a browser send.
  app.removeContentTypeParser('text/plain');
  cutOffSlowBodies(app, config.limits);

  await app.register(helmet, {
    // An answer is data. Pages set a policy of their own.
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    // The widget runs on other sites, which load its files and call the visitor's door.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    hsts: config.publicUrl?.startsWith('https:') ?? false,
  });
  await app.register(rateLimit, { ...perAddress(config.limits, 'requestsPerAddress'), cache: REMEMBERED });
  await app.register(cookie);
  await app.register(websocket, {
    options: SOCKET_OPTIONS,
    errorHandler: (_error, socket) => socket.terminate(),
    // Sockets are drained before the app closes.
    preClose: (done) => done(),
  });
  return app;
}
