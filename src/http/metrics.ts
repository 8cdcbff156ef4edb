import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { latencyHistogram } from './latency-histogram.ts';

/** Numbers for /metrics.
 *  @property observeRequest a request answered; `seconds` from its arrival to the end of its answer
 *  @property observeBatch   appends of one committed statement
 *  @property signInDenied   a sign-in that the limit of an hour held back
 *  @property replayed       an answer repeated under its idempotency key, and where it was found
 *  @property gauge          adds a gauge that is asked at each scrape; one sample per label value, or one without a label */
export type Metrics = {
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  observeBatch(appends: number): void;
  signInDenied(limit: 'deviceHour' | 'newPlayer'): void;
  replayed(source: 'memory' | 'database'): void;
  gauge(name: string, help: string, label: string | null, ask: () => GaugeSamples | Promise<GaugeSamples>): void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** Value per label value; `''` without a label. */
export type GaugeSamples = ReadonlyMap<string, number>;

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const batchBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = latencyHistogram({
    name: 'sandai_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    bounds: requestBuckets,
  });
  const batches = new Histogram({
    name: 'sandai_append_batch_size',
    help: 'Appends that one committed statement carried',
    buckets: batchBuckets,
    registers: [registry],
  });
  const replays = new Counter({
    name: 'sandai_idempotency_replays_total',
    help: 'Answers repeated under their idempotency key',
    labelNames: ['source'],
    registers: [registry],
  });
  const denied = new Counter({
    name: 'sandai_sign_ins_denied_total',
    help: 'Sign-ins that were one too many of an hour, by device or of new players by network',
    labelNames: ['limit'],
    registers: [registry],
  });
  return {
    observeRequest: requests.observe,
    observeBatch: (appends) => batches.observe(appends),
    signInDenied: (limit) => denied.labels(limit).inc(),
    replayed: (source) => replays.labels(source).inc(),
    gauge(name, help, label, ask) {
      new Gauge({
        name,
        help,
        ...(label === null ? {} : { labelNames: [label] }),
        registers: [registry],
        async collect() {
          this.reset();
          for (const [value, sample] of await ask()) {
            if (label === null) this.set(sample);
            else this.labels(value).set(sample);
          }
        },
      });
    },
    text: async () => `${await registry.metrics()}\n${requests.text()}`,
    contentType: registry.contentType,
  };
}
