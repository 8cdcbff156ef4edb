import type { Registry } from 'prom-client';

type Series = { readonly labels: Readonly<Record<string, string>>; readonly counts: Float64Array; sum: number };

/** @property name   without a suffix
 *  @property bounds upper bounds of the buckets in seconds, ascending */
export type LatencyHistogramOptions = {
  readonly name: string;
  readonly help: string;
  readonly bounds: readonly number[];
};

/** A histogram of request times whose series are found by one look-up; prom-client's own sorts and joins its labels at each value.
 *  @returns a function that takes one time, in seconds */
export function latencyHistogram(
  registry: Registry,
  { name, help, bounds }: LatencyHistogramOptions,
): (method: string, route: string, status: number, seconds: number) => void {
  const known = new Map<string, Series>();

  const seriesOf = (method: string, route: string, status: number): Series => {
    const name = `${method} ${route} ${status}`;
    const series = known.get(name);
    if (series !== undefined) return series;
    const labels = { method, route, status: String(status) };
    const fresh = { labels, counts: new Float64Array(bounds.length + 1), sum: 0 };
    known.set(name, fresh);
    return fresh;
  };

  const valuesOf = ({ labels, counts, sum }: Series) => {
    let count = 0;
    const buckets = [...bounds, '+Inf'].map((le, index) => {
      count += counts[index]!;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  };
  const metric = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    get: async () => ({
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values: [...known.values()].flatMap(valuesOf),
    }),
    reset: () => known.clear(),
  };
  registry.registerMetric(metric as never);

  return (method, route, status, seconds) => {
    const series = seriesOf(method, route, status);
    let bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]!) bucket += 1;
    series.counts[bucket]! += 1;
    series.sum += seconds;
  };
}
