import type { RebuildProgress } from '../processors/rebuild.ts';

/** @property isTTY whether the stream shows one line in place; elsewhere there is a plain line now and then */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

const plainEveryMs = 5_000;
const barWidth = 30;
const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function remaining(seconds: number | null): string {
  if (seconds === null) return 'time left unknown';
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s left` : `${Math.floor(whole / 60)} min ${whole % 60} s left`;
}

/** One line for a rebuild's state, for example `45 %  225,000 of 500,000 events  110,000/s  3 s left`. */
export function progressLine({ events, total, eventsPerSecond, etaSeconds }: RebuildProgress, unit = 'events'): string {
  const percent = total === 0 ? 100 : Math.floor((events / total) * 100);
  return `${percent} %  ${count.format(events)} of ${count.format(total)} ${unit}  ${count.format(eventsPerSecond)}/s  ${remaining(etaSeconds)}`;
}

/** Shows how a rebuild gets on. @returns `end` leaves the line */
export function progressDisplay(
  stream: ProgressStream,
  now: () => number = performance.now.bind(performance),
  unit = 'events',
) {
  let plainAt = now() + plainEveryMs;
  let shown = false;
  return {
    show(progress: RebuildProgress) {
      const line = progressLine(progress, unit);
      if (stream.isTTY) {
        const done = progress.total === 0 ? barWidth : Math.floor((progress.events / progress.total) * barWidth);
        const bar = `[${'='.repeat(done)}${' '.repeat(barWidth - done)}] ${line}`;
        stream.write(`\r\u001b[2K${bar.slice(0, (stream.columns ?? 120) - 1)}`);
        shown = true;
      } else if (now() >= plainAt) {
        stream.write(`${line}\n`);
        plainAt = now() + plainEveryMs;
      }
    },
    end() {
      if (shown) stream.write('\n');
      shown = false;
    },
  };
}
