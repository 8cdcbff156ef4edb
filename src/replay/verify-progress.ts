import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Moment } from './moment.ts';
import type { LogProgress } from './verify-log.ts';

/** How far a verification is.
 *  @property moment what it looks at: the log up to here
 *  @property equal  read models that were found equal to a rebuild */
export type VerifyProgress = { readonly moment: Moment; readonly log: LogProgress; readonly equal: Set<string> };

const place = z.object({ position: z.coerce.bigint(), recordedAt: z.coerce.bigint() });
const stored = z.object({
  logId: z.string(),
  moment: z.object({
    micros: z.coerce.bigint(),
    position: z.array(z.tuple([z.number(), z.coerce.bigint()])).transform((entries) => new Map(entries)),
  }),
  log: z.object({
    events: z.number(),
    streams: z.number(),
    partitions: z.array(z.tuple([z.number(), place])).transform((entries) => new Map(entries)),
    versions: z.object({ stream: z.string(), version: z.coerce.bigint() }),
    violations: z.array(z.object({ guarantee: z.string(), place: z.string(), problem: z.string() })),
    unknownTypes: z.array(z.tuple([z.string(), z.number()])).transform((entries) => new Map(entries)),
  }),
  equal: z.array(z.string()).transform((names) => new Set(names)),
});

const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}`;
  return value instanceof Map || value instanceof Set ? [...value] : value;
};

const saveEveryMs = 1_000;

/** Progress of a verification in a file, so that one that was interrupted, or killed, goes on where it was.
 *  @property save writes it, at most once a second
 *  @property flush writes it now; @property remove ends it */
export type KeptProgress = {
  readonly progress: VerifyProgress;
  readonly resumed: boolean;
  save(): void;
  flush(): void;
  remove(): void;
};

/** Takes up the progress in a file when it is that of the same log; begins anew otherwise.
 *  @param anew  whether to leave it
 *  @param begin a verification at its start */
export async function keepProgress(
  file: string,
  logId: string,
  anew: boolean,
  begin: () => Promise<VerifyProgress>,
): Promise<KeptProgress> {
  const found = anew ? undefined : readProgress(file, logId);
  const progress = found ?? (await begin());
  let savedAt = performance.now();
  const flush = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify({ logId, ...progress }, plain));
    renameSync(`${file}.tmp`, file);
    savedAt = performance.now();
  };
  return {
    progress,
    resumed: found !== undefined,
    save() {
      if (performance.now() - savedAt >= saveEveryMs) flush();
    },
    flush,
    remove: () => rmSync(file, { force: true }),
  };
}

function readProgress(file: string, logId: string): VerifyProgress | undefined {
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // not ours: nothing is lost by beginning anew
  }
  const read = stored.safeParse(content);
  return read.success && read.data.logId === logId ? read.data : undefined;
}
