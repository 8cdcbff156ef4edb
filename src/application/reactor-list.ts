import { personalDataErasure } from '../reactors/personal-data-erasure.ts';
import type { Reactor } from '../reactors/reactor.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';
import { erasersOf } from './erasers.ts';

/** Every reactor of the application. */
export const reactorsOf = (dependencies: AutomationDependencies): readonly Reactor[] => [
  personalDataErasure(dependencies.runtime, erasersOf(dependencies)),
];
