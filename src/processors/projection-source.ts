import type { Projection } from '../ports/projection.ts';
import { choose, type generationLookup, processorName } from './generations.ts';
import type { Processor, ProcessorSource } from './processor.ts';

/** The processor that feeds one generation of a read model. */
export function projectionProcessor(projection: Projection, generation: number, batchSize: number): Processor {
  return {
    name: processorName(projection.name, generation),
    types: projection.types,
    batchSize,
    ...(projection.weightOf !== undefined && { weightOf: projection.weightOf }),
    handle(events) {
      const fold = projection.fold(generation);
      for (const event of events) fold.add(event);
      return (sql) => fold.write(sql);
    },
  };
}

/** Runs the generation that this build feeds; follows a switch by itself. */
export function projectionSource(
  projection: Projection,
  lookUp: ReturnType<typeof generationLookup>,
  batchSize = 2_000,
): ProcessorSource {
  let current: { generation: number; processor: Processor } | null = null;
  return {
    name: projection.name,
    async current() {
      const chosen = choose(await lookUp(projection.name), projection.version);
      if (chosen === null || !chosen.fits) current = null;
      else if (current?.generation !== chosen.generation) {
        const { generation } = chosen;
        current = { generation, processor: projectionProcessor(projection, generation, batchSize) };
      }
      return current?.processor ?? null;
    },
  };
}
