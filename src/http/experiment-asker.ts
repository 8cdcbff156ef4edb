import type { FastifyRequest } from 'fastify';
import { asksFor, type PlayerAttributes } from '../commands/experiment.ts';
import { isKnownPlayer } from '../commands/known-player.ts';
import { knownAttributes } from '../commands/remote-config.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { LiveExperiment } from '../projections/remote-config.ts';
import { createTtlCache } from '../security/ttl-cache.ts';
import type { Dependencies } from './dependencies.ts';
import { signedInOf } from './player-caller.ts';
import { Problem } from './problem.ts';

/** What a caller says in the query. */
export type Told = {
  readonly player_id?: string | undefined;
  readonly platform?: string | undefined;
  readonly app_version?: string | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
};

const ttlMs = 60_000;
const rememberedPlayers = 100_000;

/** Finds out for whom a request is, and what is known of them for some experiments. */
export type Askers = {
  /** @returns null when a service or an operator names nobody
   *  @throws Problem when the player is of nobody here */
  playerOf(request: FastifyRequest, told: Told): Promise<PlayerId | null>;
  /** What was told, with what is known here where a rule asks for it: as old as 60 s. */
  attributesOf(
    tenant: TenantId,
    playerId: PlayerId | null,
    told: Told,
    experiments: readonly Pick<LiveExperiment, 'targeting'>[],
  ): Promise<PlayerAttributes>;
};

export function createAskers({ runtime, now }: Pick<Dependencies, 'runtime' | 'now'>): Askers {
  const known = createTtlCache<PlayerAttributes>({ ttlMs, maxEntries: rememberedPlayers, keepAbsent: false, now });
  const players = createTtlCache<true>({ ttlMs, maxEntries: rememberedPlayers, keepAbsent: false, now });
  const keyOf = (tenant: TenantId, playerId: PlayerId) => `${tenant}/${playerId}`;
  return {
    async playerOf(request, { player_id }) {
      const caller = signedInOf(request);
      if (caller.kind === 'player') {
        if (player_id !== undefined && player_id !== caller.playerId) throw new Problem('PLAYER_NOT_FOUND');
        return caller.playerId;
      }
      if (player_id === undefined) return null;
      const { tenant } = caller;
      const playerId = player_id as PlayerId;
      const key = keyOf(tenant, playerId);
      const [found] = await players.getMany([key], async () =>
        (await isKnownPlayer(runtime, tenant, playerId)) ? new Map([[key, true]]) : new Map(),
      );
      if (found === undefined) throw new Problem('PLAYER_NOT_FOUND');
      return playerId;
    },
    async attributesOf(tenant, playerId, { player_id: _, ...told }, experiments) {
      const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
      const isAsked = experiments.some(
        ({ targeting }) => targeting !== null && (asksFor(targeting, 'tier') || asksFor(targeting, 'account_age_days')),
      );
      if (playerId === null || !isAsked) return given;
      const key = keyOf(tenant, playerId);
      const load = async () => new Map([[key, await knownAttributes(runtime, tenant, playerId, now())]]);
      const [own] = await known.getMany([key], load);
      return { ...given, ...own };
    },
  };
}
