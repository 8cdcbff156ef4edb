import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { hashId } from '../security/log-hash.ts';
import { createGuard } from './access.ts';
import { analyticsRoutes } from './analytics.routes.ts';
import { analyticsReportRoutes } from './analytics-reports.routes.ts';
import { analyticsTotalRoutes } from './analytics-totals.routes.ts';
import { assignmentRoutes } from './assignment.routes.ts';
import { auditRoutes } from './audit.routes.ts';
import { authRoutes } from './auth.routes.ts';
import { createAuthenticate } from './authentication.ts';
import { botRoutes } from './bot.routes.ts';
import { botWebhookRoutes } from './bot-webhook.routes.ts';
import { anonymous } from './caller.ts';
import { configRoutes } from './config.routes.ts';
import { configDefinitionsRoutes } from './config-definitions.routes.ts';
import { configVariantRoutes } from './config-variant.routes.ts';
import { limitConnections } from './connections.ts';
import { createCors } from './cors.ts';
import { credentialRoutes } from './credential.routes.ts';
import { deadLetterRoutes } from './dead-letter.routes.ts';
import type { Dependencies } from './dependencies.ts';
import { deviceRoutes } from './device.routes.ts';
import { documentation, pagesPrefix } from './documentation.ts';
import { emailRoutes } from './email.routes.ts';
import { entitlementRoutes } from './entitlement.routes.ts';
import { createErrorHandler } from './error-handler.ts';
import { experimentRoutes } from './experiment.routes.ts';
import { createAskers } from './experiment-asker.ts';
import { experimentDefinitionRoutes } from './experiment-definition.routes.ts';
import { experimentLayerRoutes } from './experiment-layer.routes.ts';
import { experimentReportRoutes } from './experiment-report.routes.ts';
import { exposureRoutes } from './exposure.routes.ts';
import { groupRoutes } from './group.routes.ts';
import { groupMemberRoutes } from './group-members.routes.ts';
import { groupRosterRoutes } from './group-roster.routes.ts';
import { inventoryRoutes } from './inventory.routes.ts';
import { acceptJson } from './json-body.ts';
import { leaderboardRoutes } from './leaderboard.routes.ts';
import { matchRoutes } from './match.routes.ts';
import { matchmakingRoutes } from './matchmaking.routes.ts';
import { membershipRoutes } from './membership.routes.ts';
import { createNotFound } from './not-found.ts';
import { notificationRoutes } from './notification.routes.ts';
import { notificationOpsRoutes } from './notification-ops.routes.ts';
import { notificationSendingRoutes } from './notification-sending.routes.ts';
import { notificationTemplateRoutes } from './notification-template.routes.ts';
import { operationsRoutes } from './operations.routes.ts';
import { partyRoutes } from './party.routes.ts';
import { partyMemberRoutes } from './party-members.routes.ts';
import { personalDataRoutes } from './personal-data.routes.ts';
import type { Problem } from './problem.ts';
import { productRoutes } from './product.routes.ts';
import { profileRoutes } from './profile.routes.ts';
import { pspWebhookRoutes } from './psp-webhook.routes.ts';
import { purchaseRoutes } from './purchase.routes.ts';
import { createRateLimiter } from './rate-limit.ts';
import { answerClientError } from './raw-errors.ts';
import { createRequestLog, isRequestId } from './request-log.ts';
import { seasonRoutes } from './season.routes.ts';
import { seasonHistoryRoutes } from './season-history.routes.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './session.routes.ts';
import { createSharedLimits } from './shared-limits.ts';
import { socialRoutes } from './social.routes.ts';
import { tournamentRoutes } from './tournament.routes.ts';
import { tournamentPlayRoutes } from './tournament-play.routes.ts';
import { createWriter } from './write.ts';

/** The façade: answers HTTP, not listening yet.
 *  @property drain refuses what arrives from now on, for an orderly end; then call `app.close()` */
export type Facade = { readonly app: FastifyInstance; drain(): void };

const mebibyte = 1024 * 1024;
/** What anybody may send without a token is small. */
const authBodyLimit = 16 * 1024;

const requestIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  return isRequestId(given) ? given : randomUUID();
};

export async function createFacade(dependencies: Dependencies): Promise<Facade> {
  const { settings, metrics, now, log, counts, ring } = dependencies;
  const { corsOrigins, headersTimeoutMs, maxConnections, requestTimeoutMs } = settings.http;
  const cors = createCors(corsOrigins);
  const onError = createErrorHandler(dependencies);
  let closing = false;

  const app = fastify({
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    bodyLimit: mebibyte,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs,
    keepAliveTimeout: 72_000,
    http: {
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(2_000, headersTimeoutMs, requestTimeoutMs),
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false, // its answer has no envelope; the guard gives one
    trustProxy: settings.http.trustedProxies.length > 0 ? settings.http.trustedProxies : false,
    routerOptions: { maxParamLength: 256 },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerUnroutable(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();

  limitConnections(app.server, maxConnections, metrics);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(onError);
  app.decorateRequest('caller', null as never);
  app.decorateRequest('route', 'unmatched');
  acceptJson(app);

  const limiter = createRateLimiter(
    dependencies.rateLimits,
    now,
    counts === null ? null : createSharedLimits(counts, (client) => hashId(ring.keys().logHash, client)),
  );
  const guard = createGuard(createAuthenticate(dependencies.authentication), limiter, () => closing);
  const requestLog = createRequestLog({ log, ring });

  const greet = (request: FastifyRequest, reply: FastifyReply) => {
    request.caller = anonymous;
    reply.headers(securityHeaders).header('x-request-id', request.id);
    cors.greet(request, reply);
  };
  const unmatched = guard({ rights: [] }, 'unmatched');
  const notFound = createNotFound(app);
  app.addHook('onRequest', function (request, reply, done) {
    greet(request, reply);
    // before the body is looked at: what is not here needs no valid body
    if (!request.is404) return done();
    unmatched.call(this, request, reply, (refused) => {
      const problem = refused ?? notFound(request);
      if (refused !== undefined || !cors.preflight(request, reply, problem as Problem)) done(problem);
    });
  });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(request.method, request.route, reply.statusCode, reply.elapsedTime / 1000);
    requestLog.line(request, reply);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    requestLog.flush();
    done();
  });
  app.addHook('onRoute', (route) => {
    const access = route.config?.access ?? (route.url.startsWith(pagesPrefix) ? { rights: [] } : undefined);
    if (access === undefined) throw new Error(`${route.method} ${route.url} does not say who may call it`);
    if (route.url.startsWith('/v1/auth/')) route.bodyLimit ??= authBodyLimit;
    route.onRequest = [guard(access, route.url), ...[route.onRequest ?? []].flat()];
  });
  // such an address meets no hook
  const answerUnroutable = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    greet(request, reply);
    unmatched.call(app, request, reply, (refused) => void onError(refused ?? error, request, reply));
  };
  app.setNotFoundHandler((request) => {
    throw notFound(request);
  });

  await documentation(app);
  const write = createWriter(dependencies);
  authRoutes(app, { ...dependencies, write, limiter });
  emailRoutes(app, { ...dependencies, write, limiter });
  socialRoutes(app, { ...dependencies, write, limiter });
  deviceRoutes(app, { ...dependencies, write });
  credentialRoutes(app, { ...dependencies, write });
  sessionRoutes(app, { ...dependencies, write });
  entitlementRoutes(app, { ...dependencies, write });
  personalDataRoutes(app, { ...dependencies, write });
  profileRoutes(app, { ...dependencies, write });
  seasonRoutes(app, { ...dependencies, write });
  seasonHistoryRoutes(app, dependencies);
  tournamentRoutes(app, { ...dependencies, write });
  tournamentPlayRoutes(app, { ...dependencies, write });
  leaderboardRoutes(app, { ...dependencies, write });
  deadLetterRoutes(app, { ...dependencies, write });
  productRoutes(app, { ...dependencies, write });
  purchaseRoutes(app, { ...dependencies, write });
  inventoryRoutes(app, { ...dependencies, write });
  pspWebhookRoutes(app, { ...dependencies, limiter });
  botWebhookRoutes(app, { ...dependencies, write, limiter });
  botRoutes(app, { ...dependencies, write });
  notificationRoutes(app, { ...dependencies, write });
  notificationOpsRoutes(app, { ...dependencies, write });
  notificationSendingRoutes(app, { ...dependencies, write });
  notificationTemplateRoutes(app, { ...dependencies, write });
  matchmakingRoutes(app, { ...dependencies, write });
  matchRoutes(app, { ...dependencies, write, limiter });
  analyticsRoutes(app, { ...dependencies, write });
  analyticsReportRoutes(app, dependencies);
  analyticsTotalRoutes(app, dependencies);
  auditRoutes(app, dependencies);
  groupRoutes(app, { ...dependencies, write });
  groupMemberRoutes(app, { ...dependencies, write });
  groupRosterRoutes(app, dependencies);
  membershipRoutes(app, dependencies);
  partyRoutes(app, { ...dependencies, write });
  partyMemberRoutes(app, { ...dependencies, write });
  const askers = createAskers(dependencies);
  experimentRoutes(app, { ...dependencies, write });
  experimentReportRoutes(app, dependencies);
  exposureRoutes(app, dependencies);
  experimentDefinitionRoutes(app, { ...dependencies, write });
  experimentLayerRoutes(app, { ...dependencies, write });
  assignmentRoutes(app, { ...dependencies, askers });
  configRoutes(app, { ...dependencies, askers });
  configDefinitionsRoutes(app, dependencies);
  configVariantRoutes(app, { ...dependencies, write });
  operationsRoutes(app, dependencies);
  await app.ready();
  return {
    app,
    drain: () => {
      closing = true;
    },
  };
}
