/** One player of the load, and what became of them so far. Ids are null while there is no such thing. */
export type Player = {
  device: string;
  id: string;
  /** '' = signed out. */
  token: string;
  refresh: string;
  session: string | null;
  otherDevice: string | null;
  email: { readonly address: string; verified: boolean } | null;
  hasSocial: boolean;
  credential: string | null;
  ticket: string | null;
  match: string | null;
  commands: number;
  scoreEvent: string | null;
  notification: string | null;
  group: string | null;
  ownGroup: { readonly id: string; members: readonly string[]; requests: readonly string[] } | null;
  party: string | null;
  invitedToParty: string | null;
  purchase: string | null;
  payment: string | null;
  linkCode: string | null;
};

/** What all players and operators share. Names and ids of what there is of each kind. */
export type World = {
  readonly players: readonly Player[];
  /** Codes that were mailed, by purpose and address. */
  readonly codes: Map<string, string>;
  readonly signReceipt: (payment: string) => string;
  readonly signWebhook: (body: string) => string;
  readonly idToken: (subject: string) => string;
  readonly botSecret: string;
  readonly groups: string[];
  readonly seasons: string[];
  readonly tournaments: string[];
  readonly products: string[];
  readonly experiments: Map<string, 'defined' | 'running' | 'stopped'>;
  readonly configured: Map<string, number>;
  readonly templates: string[];
  readonly notifications: string[];
  readonly deadSendings: { readonly notification: string; readonly player: string; readonly channel: string }[];
  readonly deadCommands: { readonly bot: string; readonly update: number }[];
  readonly deadLetters: string[];
  updates: number;
};

export type Caller = 'player' | 'admin' | 'ops' | 'service' | 'nobody';

/** @property path what stands in the places of the name; @property raw body as it is, instead of JSON */
export type Request = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One endpoint of the load.
 *  @property name     as in the OpenAPI document
 *  @property weight   how often, next to the others
 *  @property as       who asks, the player when left out
 *  @property ask      null when it cannot be asked now
 *  @property learn    what is kept of an answer
 *  @property refusals codes that may come as well, since others play too, and what is made of them */
export type Operation = {
  readonly name: string;
  readonly weight: number;
  readonly as?: Caller | ((player: Player) => Caller);
  readonly ask?: (player: Player, world: World) => Request | null;
  // biome-ignore lint/suspicious/noExplicitAny: each operation says what it expects of it
  readonly learn?: (body: any, player: Player, world: World, request: Request) => void;
  readonly refusals?: Readonly<Record<string, (player: Player, world: World) => void>>;
};

export const season = 'bench-endpoints';
export const archivedSeason = 'bench-archived';
export const tournament = 'bench-cup';
export const product = 'bench-gems';
export const experiment = 'bench-shop';

export const upTo = (limit: number): number => Math.floor(Math.random() * limit);
export const anyOf = <T>(all: readonly T[]): T | undefined => all[upTo(all.length)];
/** One of them, which is then another's no more. */
export const takeOf = <T>(all: T[]): T | undefined =>
  all.length === 0 ? undefined : all.splice(upTo(all.length), 1)[0];
/** Keeps a list short: what is looked for is what is new. */
export function keep<T>(all: T[], more: readonly T[], most = 200): void {
  all.push(...more);
  all.splice(0, all.length - most);
}
export const someone = ({ players }: World, other: Player): Player | undefined => {
  const found = anyOf(players);
  return found === other || found?.id === '' ? undefined : found;
};
export const nothing = (): void => undefined;
/** A request of these places, when each is known. */
export const at = (path: Readonly<Record<string, string | null | undefined>>, more: Request = {}): Request | null =>
  Object.values(path).some((place) => place == null) ? null : { path: path as Record<string, string>, ...more };
