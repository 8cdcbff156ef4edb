import type { Benchmark, Floor, Measure, Surroundings, Values } from './benchmark.ts';

/** @property sandai median of the rounds, null when the benchmark failed
 *  @property peer   the same for the peer of the same run
 *  @property ratio  sandai ÷ peer
 *  @property floor  what `sandai` must reach, in `unit`
 *  @property met    null = there is no floor */
export type Result = {
  readonly name: string;
  readonly unit: string;
  readonly sandai: number | null;
  readonly peer: { readonly name: string; readonly value: number } | null;
  readonly ratio: number | null;
  readonly floor: number | null;
  readonly met: boolean | null;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Three digits, and all of a whole number. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

const floorOf = (floor: Floor | null, peer: number | null): number | null => {
  if (floor === null) return null;
  if ('value' in floor) return floor.value;
  return peer === null ? null : floor.timesPeer * peer;
};

function resultOf(
  { name, unit, better, floor }: Measure,
  ours: readonly Values[],
  theirs: { name: string; values: Values[] } | null,
): Result {
  const valuesOf = (rounds: readonly Values[]) => rounds.flatMap((round) => (name in round ? [round[name]!] : []));
  const own = valuesOf(ours);
  const sandai = own.length === 0 ? null : median(own);
  const others = theirs === null ? [] : valuesOf(theirs.values);
  const peer = others.length === 0 ? null : median(others);
  const demanded = floorOf(floor, peer);
  const met =
    demanded === null ? null : sandai !== null && (better === 'higher' ? sandai >= demanded : sandai < demanded);
  return {
    name,
    unit,
    sandai: sandai === null ? null : rounded(sandai),
    peer: theirs === null || peer === null ? null : { name: theirs.name, value: rounded(peer) },
    ratio: sandai === null || peer === null ? null : rounded(sandai / peer),
    floor: demanded === null ? null : rounded(demanded),
    met,
  };
}

/** Runs one benchmark: rounds of ours and the peer's in turn, whoever was first being second in the next round.
 *  @throws what the benchmark throws */
export async function runBenchmark(
  benchmark: Benchmark,
  surroundings: Surroundings,
  rounds: number,
): Promise<readonly Result[]> {
  const prepared = await benchmark.prepare(surroundings);
  try {
    const ours: Values[] = [];
    const peer = prepared.peer;
    const theirs = peer === null ? null : { name: peer.name, values: [] as Values[] };
    const turns = [
      async () => void ours.push(await prepared.sandai()),
      async () => void (peer !== null && theirs?.values.push(await peer.measure())),
    ];
    for (let round = 0; round < Math.min(rounds, benchmark.rounds ?? rounds); round += 1) {
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    return benchmark.measures.map((measure) => resultOf(measure, ours, theirs));
  } finally {
    await prepared.close();
  }
}

/** The lines of a benchmark that could not be measured. */
export const failedResults = ({ measures }: Benchmark): readonly Result[] =>
  measures.map(({ name, unit, floor }) => ({
    name,
    unit,
    sandai: null,
    peer: null,
    ratio: null,
    floor: floor !== null && 'value' in floor ? floor.value : null,
    met: floor === null ? null : false,
  }));
