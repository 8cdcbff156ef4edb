import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start servers of their own, or kill them: begun last, one of them would keep a single worker busy at the end. */
const slow = [
  'tests/runtime/start.',
  'tests/demo/',
  'tests/runtime/embedded-postgres.',
  'tests/http/fuzz.',
  'tests/crash/',
  'tests/processors/paused-process.',
  'tests/projections/experiment-report.',
  'tests/journey/',
  'tests/goja/',
];

/** Begins the slow files first. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weight = ({ moduleId }: TestSpecification) => {
      const index = slow.findIndex((part) => moduleId.includes(part));
      return index === -1 ? slow.length : index;
    };
    return (await super.sort(files)).sort((left, right) => weight(left) - weight(right));
  }
}
