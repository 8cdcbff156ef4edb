import type { Tables } from './rows.ts';

const alwaysKept =
  /^(BotContact(L|Unl)inked|Credential(L|Unl)inked|Device(L|Unl)inked|PersonalDataEras(ed|ureRequested)|SessionRevoked)$/;
const isStaff = /^(operator|service):/;

/** What somebody may have to answer for. */
export const audit: Tables = {
  audit: (log) =>
    log
      .filter(({ type, metadata }) => isStaff.test(metadata['actor'] ?? '') || alwaysKept.test(type))
      .map(({ tenant, at, partition, position, id, type, stream, data, metadata }) => ({
        tenant,
        recorded_at: at,
        partition,
        position,
        event_id: id,
        type,
        actor: metadata['actor'],
        stream_id: stream,
        player_id: data.playerId,
        occurred_at: metadata['occurredAt'],
        correlation_id: metadata['correlationId'],
        causation_id: metadata['causationId'],
      })),
};
