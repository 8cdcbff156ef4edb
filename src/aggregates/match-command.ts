import type { JsonObject, JsonValue } from '../events/envelope.ts';

/** What players can do in a match. The rules of the game itself are the match host's: here it is checked that a command makes
 *  sense in itself; fields that are not named are recorded as they are. */
export type MatchCommandName = 'ready' | 'move' | 'attack' | 'use_item' | 'surrender';

/** Largest payload of a command, in characters of JSON. */
export const maxPayloadLength = 4_096;

const farthest = 1_000_000;
const isCoordinate = (value: JsonValue | undefined): boolean =>
  typeof value === 'number' && Math.abs(value) <= farthest;
const isName = (value: JsonValue | undefined): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= 64;

const rules: Readonly<Record<MatchCommandName, (payload: JsonObject) => boolean>> = {
  ready: () => true,
  surrender: () => true,
  /** To a place, or in a direction. */
  move: ({ x, y, direction }) =>
    x === undefined && y === undefined ? isName(direction) : isCoordinate(x) && isCoordinate(y),
  /** At a player or at anything that the game names `target`. */
  attack: ({ target_player_id: player }) => player === undefined || isName(player),
  use_item: ({ item }) => isName(item),
};

export const matchCommandNames = Object.keys(rules) as readonly MatchCommandName[];

export const isMatchCommand = (name: string): name is MatchCommandName => Object.hasOwn(rules, name);

/** Whether a payload fits its command. */
export const isWellFormed = (command: MatchCommandName, payload: JsonObject): boolean =>
  JSON.stringify(payload).length <= maxPayloadLength && rules[command](payload);
