import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Result } from './run.ts';

/** The machine that the numbers belong to. */
export const describeMachine = (): string =>
  [
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
  ].join(', ');

const shown = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en-US'));
const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'yes' : 'NO');

/** The results as a table of text. */
export function tableOf(results: readonly Result[]): string {
  const head = ['benchmark', 'unit', 'sandai', 'peer', 'ratio', 'floor', 'met'];
  const rows = results.map(({ name, unit, sandai, peer, ratio, floor, met }) => [
    name,
    unit,
    shown(sandai),
    peer === null ? '–' : `${shown(peer.value)} (${peer.name})`,
    ratio === null ? '–' : `${ratio}×`,
    shown(floor),
    verdict(met),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const numeric = new Set([2, 4, 5]);
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (numeric.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
