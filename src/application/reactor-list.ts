import type { Reactor } from '../reactors/reactor.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';

/** Every reactor of the application. */
export const reactorsOf = (_dependencies: AutomationDependencies): readonly Reactor[] => [];
