/** Branded identifiers and the one function that joins them into stream names. */

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type StreamId = Branded<string, 'StreamId'>;
export type TenantId = Branded<string, 'TenantId'>;
export type PlayerId = Branded<string, 'PlayerId'>;
export type SessionId = Branded<string, 'SessionId'>;
export type SeasonName = Branded<string, 'SeasonName'>;
export type DeadLetterId = Branded<string, 'DeadLetterId'>;
export type TournamentName = Branded<string, 'TournamentName'>;
export type DeviceHash = Branded<string, 'DeviceHash'>;
/** Pseudonym of somebody who writes to a bot. */
export type ContactId = Branded<string, 'ContactId'>;
/** Pseudonym of an e-mail address. */
export type EmailHash = Branded<string, 'EmailHash'>;
/** Pseudonym of an account at a provider. */
export type SocialHash = Branded<string, 'SocialHash'>;
export type NotificationId = Branded<string, 'NotificationId'>;
export type MatchId = Branded<string, 'MatchId'>;
export type TicketId = Branded<string, 'TicketId'>;
export type GroupId = Branded<string, 'GroupId'>;
export type PartyId = Branded<string, 'PartyId'>;
export type ProductId = Branded<string, 'ProductId'>;
export type PurchaseId = Branded<string, 'PurchaseId'>;
export type ExperimentId = Branded<string, 'ExperimentId'>;
export type CohortName = Branded<string, 'CohortName'>;
export type LayerName = Branded<string, 'LayerName'>;

/** The longest stream name that a store accepts, in characters. */
export const maxStreamIdLength = 400;

const escaped = (part: string): string => encodeURIComponent(part).replaceAll('_', '%5F');

/** Joins a category, a tenant and the parts of an id into a stream name; different inputs never give the same name.
 *  @param category lower-case word without a dash, for example `season`
 *  @param parts    any text; escaped, so that `_` only ever separates
 *  @returns for example `entry-acme_spring%5F2026_0b0e…` */
export function streamId(category: string, tenant: TenantId, ...parts: readonly string[]): StreamId {
  if (!/^[a-z][a-z0-9]*$/.test(category)) throw new TypeError(`stream category "${category}" is not a lower-case word`);
  return `${category}-${[tenant, ...parts].map(escaped).join('_')}` as StreamId;
}

/** Category of a stream name: what stands before its first dash. */
export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash === -1 ? stream : stream.slice(0, dash);
};

/** Tenant in a stream name made by {@link streamId}; `default` for names of another shape. */
export const tenantOf = (stream: string): TenantId => {
  const dash = stream.indexOf('-');
  const end = stream.indexOf('_', dash);
  const tenant = dash === -1 || end === -1 ? '' : stream.slice(dash + 1, end);
  return (/^[a-z0-9-]{1,32}$/.test(tenant) ? tenant : 'default') as TenantId;
};
