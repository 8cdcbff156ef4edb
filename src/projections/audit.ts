import { z } from 'zod';
import { type DomainEvent, eventCatalogue } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, Projection } from '../ports/projection.ts';
import { rowFold } from './row-fold.ts';
import { change, physicalName, physicalTable } from './table.ts';

/** One row per event that somebody may have to answer for; `recorded_at` µs since 1970. Nothing of an event's data but whom it is about. */
const auditTable = {
  name: 'audit',
  key: ['tenant', 'recorded_at', 'partition', 'position'],
  columns: {
    tenant: 'text',
    recorded_at: 'bigint',
    partition: 'int',
    position: 'bigint',
    event_id: 'uuid',
    type: 'text',
    actor: 'text',
    stream_id: 'text',
    player_id: 'text',
    occurred_at: 'text',
    correlation_id: 'text',
    causation_id: 'text',
  },
  indexes: [
    { name: 'actor', columns: ['tenant', 'actor', 'recorded_at'] },
    { name: 'player', columns: ['tenant', 'player_id', 'recorded_at'], where: 'player_id IS NOT NULL' },
  ],
} as const;

/** What is kept whoever did it: who may act as a player, and what was made of their data. Sign-ins are in the read model `sessions`. */
const alwaysKept: ReadonlySet<string> = new Set<DomainEvent['type']>([
  'BotContactLinked',
  'BotContactUnlinked',
  'CredentialLinked',
  'CredentialUnlinked',
  'DeviceLinked',
  'DeviceUnlinked',
  'PersonalDataErased',
  'PersonalDataErasureRequested',
  'SessionRevoked',
]);

const isStaff = (actor: string | undefined): boolean =>
  actor !== undefined && (actor.startsWith('operator:') || actor.startsWith('service:'));

const playerIn = ({ data }: RecordedEvent): string | null => {
  const id = data['playerId'];
  return typeof id === 'string' ? id : null;
};

function changesOf(event: RecordedEvent) {
  const { metadata, type } = event;
  if (!isStaff(metadata.actor) && !alwaysKept.has(type)) return [];
  const row = {
    tenant: event.tenant,
    recorded_at: event.recordedAt,
    partition: event.partition,
    position: event.position,
    event_id: event.eventId,
    type,
    actor: metadata.actor ?? null,
    stream_id: event.streamId,
    player_id: playerIn(event),
    occurred_at: metadata.occurredAt ?? null,
    correlation_id: metadata.correlationId ?? null,
    causation_id: metadata.causationId ?? null,
  };
  return [change(auditTable, 1n, row)];
}

/** Who did what: all that operators and services did, and what players did to their accounts' security. Read from what stands around an
 *  event, so that a new event type is in it without a line here. */
export const audit: Projection = {
  name: 'audit',
  about: 'Who did what: actions of operators and services, and what players did to the security of their accounts.',
  version: 1,
  types: Object.keys(eventCatalogue),
  tables: (generation) => [physicalTable(auditTable, generation)],
  fold: (generation) => rowFold(generation, changesOf),
};

const auditRow = z
  .object({
    recorded_at: z.coerce.bigint(),
    partition: z.coerce.number(),
    position: z.coerce.bigint(),
    event_id: z.string(),
    type: z.string(),
    actor: z.string().nullable(),
    stream_id: z.string(),
    player_id: z.string().nullable(),
    occurred_at: z.string().nullable(),
    correlation_id: z.string().nullable(),
    causation_id: z.string().nullable(),
  })
  .transform((row) => ({
    recordedAt: row.recorded_at,
    partition: row.partition,
    position: row.position,
    eventId: row.event_id,
    type: row.type,
    actor: row.actor,
    streamId: row.stream_id,
    playerId: row.player_id,
    occurredAt: row.occurred_at,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
  }));

/** @property recordedAt µs since 1970; @property actor null = not said; @property playerId whom it is about, null = no player */
export type AuditEntry = z.infer<typeof auditRow>;

/** Place of an entry, for the page after it. */
export type AuditPlace = Pick<AuditEntry, 'recordedAt' | 'partition' | 'position'>;

/** What is looked for; null = anything. @property from, to µs since 1970, inclusive and exclusive */
export type AuditSearch = {
  readonly actor: string | null;
  readonly playerId: PlayerId | null;
  readonly type: string | null;
  readonly from: bigint | null;
  readonly to: bigint | null;
};

const newest: AuditPlace = { recordedAt: 2n ** 63n - 1n, partition: 0, position: 0n };

/** Entries of a tenant, the newest first.
 *  @param after last entry of the page before; null for the first page */
export async function searchAudit(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  { actor, playerId, type, from, to }: AuditSearch,
  { after, limit }: { readonly after: AuditPlace | null; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  const { recordedAt, partition, position } = after ?? newest;
  const { rows } = await sql.query(
    `SELECT recorded_at, partition, position, event_id::text AS event_id, type, actor, stream_id, player_id, occurred_at,
            correlation_id, causation_id
     FROM ${physicalName(auditTable, await generations.of('audit'))}
     WHERE tenant = $1::text AND (recorded_at, partition, position) < ($2::int8, $3::int4, $4::int8)
       AND ($5::text IS NULL OR actor = $5::text) AND ($6::text IS NULL OR player_id = $6::text)
       AND ($7::text IS NULL OR type = $7::text)
       AND ($8::int8 IS NULL OR recorded_at >= $8::int8) AND ($9::int8 IS NULL OR recorded_at < $9::int8)
     ORDER BY recorded_at DESC, partition DESC, position DESC LIMIT $10::int8`,
    [tenant, recordedAt, partition, position, actor, playerId, type, from, to, limit],
  );
  return rows.map((row) => auditRow.parse(row));
}
