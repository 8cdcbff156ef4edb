import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const callFrame = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.number(),
  columnNumber: z.number(),
});
type CallFrame = z.infer<typeof callFrame>;

const profileShape = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** A line of a profile: where, and its share of the time that the process was busy. */
export type Share = { readonly place: string; readonly percent: number };

/** Where a process spent its own time, by part of the program and by function, the longest first. */
export type TimeSpent = {
  readonly busyPercent: number;
  readonly parts: readonly Share[];
  readonly functions: readonly Share[];
};

const partOf = (functionName: string, url: string): string => {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url.startsWith('node:')) return 'Node';
  const packages = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)];
  if (packages.length > 0) return `package ${packages.at(-1)![1]}`;
  const folder = /\/src\/([^/]+)\//.exec(url)?.[1];
  if (folder !== undefined) return `src/${folder}`;
  return url === '' ? 'V8 and native code' : 'other';
};

/** Puts functions of the compiled program where their sources are. */
function createSourceLookup(): (frame: CallFrame) => CallFrame {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (url: string) => {
    const path = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
    const map = path !== '' && existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null;
    maps.set(url, map);
    return map;
  };
  return (frame) => {
    const map = maps.has(frame.url) ? maps.get(frame.url) : mapOf(frame.url);
    const entry = map?.findEntry(frame.lineNumber, frame.columnNumber);
    if (entry === undefined || !('originalSource' in entry)) return frame;
    return { ...frame, url: new URL(entry.originalSource, frame.url).href, lineNumber: entry.originalLine };
  };
}

function sharesOf(times: ReadonlyMap<string, number>, total: number): Share[] {
  return [...times]
    .map(([place, time]) => ({ place, percent: (100 * time) / total }))
    .sort((a, b) => b.percent - a.percent);
}

/** Reads the profile that `node --cpu-prof --cpu-prof-dir=<directory>` left; of several threads the busiest. */
export function readCpuProfile(directory: string): TimeSpent {
  const spent = readdirSync(directory)
    .filter((file) => file.endsWith('.cpuprofile'))
    .map((file) => spentIn(profileShape.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')))));
  const busiest = spent.sort((a, b) => b.busyPercent - a.busyPercent)[0];
  if (busiest === undefined) throw new Error(`${directory} holds no profile: the process ended before it wrote one`);
  return busiest;
}

function spentIn({ nodes, samples, timeDeltas }: z.infer<typeof profileShape>): TimeSpent {
  const sourceOf = createSourceLookup();
  const frames = new Map(nodes.map((node) => [node.id, sourceOf(node.callFrame)]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  let all = 0;
  for (const [index, id] of samples.entries()) {
    const { functionName, url, lineNumber } = frames.get(id)!;
    const time = timeDeltas[index]!;
    all += time;
    if (functionName === '(idle)' || functionName === '(program)') continue;
    busy += time;
    const part = partOf(functionName, url);
    const file = url.split('/').slice(-2).join('/');
    const place = `${functionName || '(anonymous)'}${url === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
    parts.set(part, (parts.get(part) ?? 0) + time);
    functions.set(place, (functions.get(place) ?? 0) + time);
  }
  return { busyPercent: (100 * busy) / all, parts: sharesOf(parts, busy), functions: sharesOf(functions, busy) };
}
