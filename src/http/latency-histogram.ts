type Series = { readonly labels: string; readonly counts: Float64Array; sum: number };

/** @property name   without a suffix
 *  @property bounds upper bounds of the buckets in seconds, ascending */
export type LatencyHistogramOptions = {
  readonly name: string;
  readonly help: string;
  readonly bounds: readonly number[];
};

/** @property observe takes one time, in seconds
 *  @property text    Prometheus text format */
export type LatencyHistogram = {
  observe(method: string, route: string, status: number, seconds: number): void;
  text(): string;
};

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** A histogram of request times for many routes, each series found by one look-up and its labels written once; prom-client's own joins its
 *  labels at each value, and again for each of its buckets when it is asked. */
export function latencyHistogram({ name, help, bounds }: LatencyHistogramOptions): LatencyHistogram {
  const known = new Map<string, Series>();

  const seriesOf = (method: string, route: string, status: number): Series => {
    const key = `${method} ${route} ${status}`;
    const series = known.get(key);
    if (series !== undefined) return series;
    const labels = `method=${quoted(method)},route=${quoted(route)},status="${status}"`;
    const fresh = { labels, counts: new Float64Array(bounds.length + 1), sum: 0 };
    known.set(key, fresh);
    return fresh;
  };

  const linesOf = ({ labels, counts, sum }: Series): string => {
    let count = 0;
    let lines = '';
    for (let index = 0; index <= bounds.length; index += 1) {
      count += counts[index]!;
      lines += `${name}_bucket{le="${bounds[index] ?? '+Inf'}",${labels}} ${count}\n`;
    }
    return `${lines}${name}_sum{${labels}} ${sum}\n${name}_count{${labels}} ${count}\n`;
  };

  return {
    observe(method, route, status, seconds) {
      const series = seriesOf(method, route, status);
      let bucket = 0;
      while (bucket < bounds.length && seconds > bounds[bucket]!) bucket += 1;
      series.counts[bucket]! += 1;
      series.sum += seconds;
    },
    text: () => `# HELP ${name} ${help}\n# TYPE ${name} histogram\n${[...known.values()].map(linesOf).join('')}`,
  };
}
