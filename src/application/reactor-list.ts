import type { CommandRuntime } from '../commands/handle.ts';
import type { Reactor } from '../reactors/reactor.ts';

/** What reactors are made of. */
export type ReactorDependencies = { readonly runtime: CommandRuntime };

/** Every reactor of the application. */
export const reactorsOf = (_dependencies: ReactorDependencies): readonly Reactor[] => [];
