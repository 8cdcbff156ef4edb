import { randomBytes } from 'node:crypto';
import { audience, issuer } from '../../tests/support/provider.ts';
import type { Benchmark, Measure } from '../benchmark.ts';
import { startChild } from '../harness/child.ts';
import { startMeasuredServer } from '../harness/sandai-server.ts';
import { operations } from './endpoints/operations.ts';
import { adminOf, open, prepare } from './endpoints/set-up.ts';
import type { EndpointsAnswer, EndpointsQuestion } from './endpoints.child.ts';

const players = 500;
const perSecond = 500;
const times = { warmUpMs: 10_000, durationMs: 60_000 };
const percentiles = ['p95', 'p99'] as const;
const nameOf = (endpoint: string, percentile: string) => `endpoints ${endpoint} ${percentile}`;

const latency = (name: string): Measure => ({ name, unit: 'ms', better: 'lower', floor: null });
const secret = () => randomBytes(32).toString('base64url');

/** Times of all endpoints under what 500 players do at once, each an action a second on a connection of their own. */
export const endpoints: Benchmark = {
  name: 'endpoints',
  long: true,
  rounds: 1,
  measures: [
    { name: 'endpoints requests', unit: 'requests/s', better: 'higher', floor: null },
    ...operations.flatMap(({ name }) => percentiles.map((percentile) => latency(nameOf(name, percentile)))),
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const load = startChild(new URL('./endpoints.child.ts', import.meta.url));
    const ask = <Answer>(question: EndpointsQuestion) => load.ask<Answer>(question);
    const outside = await ask<string>({ kind: 'listen' });
    const secrets = { bot: secret(), psp: secret(), store: secret() };
    const server = await startMeasuredServer(database, [], {
      flags: [
        `--bots.telegramUrl=${outside}`,
        `--mail.url=${outside}/mail`,
        `--notifications.pushUrl=${outside}/push`,
        `--social.providers=bench ${issuer} ${audience} ${outside}/keys`,
      ],
      env: {
        SANDAI_TELEGRAM_BOTS: `default:${secrets.bot}:123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
        SANDAI_PSP_SECRETS: `default:${secrets.psp}`,
        SANDAI_TEST_STORE_KEY: secrets.store,
      },
    });
    const serviceKey = await server.cli(
      'service-key',
      'create',
      '--name',
      'bench',
      '--scopes',
      'economy:write,matches:write',
    );
    const tokens = {
      admin: await server.cli('token', '--role', 'admin'),
      ops: await server.cli('token', '--role', 'ops'),
      service: /sk_\S+/.exec(serviceKey)?.[0] ?? '',
    };
    const admin = adminOf(server.url, tokens.admin);
    await prepare(admin);
    await ask({ kind: 'sign-up', url: server.url, players, tokens, secrets });
    await open(admin, database.appUrl);
    return {
      async sandai() {
        const { perSecond: reached, byName } = await ask<EndpointsAnswer>({
          kind: 'play',
          url: server.url,
          perSecond,
          ...times,
        });
        const never = Object.keys(byName).filter((name) => byName[name]!.count === 0);
        if (never.length > 0) surroundings.tell(`endpoints: nobody came to ask for ${never.join(', ')}`);
        const asked = Object.entries(byName).filter(([name]) => !never.includes(name));
        return Object.fromEntries([
          ['endpoints requests', reached],
          ...asked.flatMap(([name, { p95Ms, p99Ms }]) => [
            [nameOf(name, 'p95'), p95Ms],
            [nameOf(name, 'p99'), p99Ms],
          ]),
        ]);
      },
      peer: null,
      async close() {
        await load.stop();
        await server.stop();
        await surroundings.release(database);
      },
    };
  },
};
