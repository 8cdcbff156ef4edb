import type { Projection } from './src/ports/projection.ts';
import { leaderboards } from './src/projections/leaderboards.ts';
import { profiles } from './src/projections/profiles.ts';
import { sessionRevocations } from './src/projections/session-revocations.ts';

/** Every read model: its name, version, events and tables stand in its file. */
export const projections: readonly Projection[] = [leaderboards, profiles, sessionRevocations];
