import { coalesce } from '../event-store/coalesce.ts';
import { deleteRecordsOfPlayer } from '../event-store/sql/records.ts';
import type { Dependencies } from '../http/dependencies.ts';
import type { Sql } from '../ports/database.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import type { RevokedSessions } from '../projections/revoked-sessions.ts';
import type { DataKeyId, DataKeyRow } from '../security/data-key.ts';
import { dataKeyLoader, eraseDataKey } from '../security/data-key-table.ts';
import type { KeyRing } from '../security/key-ring.ts';
import { createNakamaTokenIssuer } from '../security/nakama-token.ts';
import { createPersonalData, type LoadDataKeys, type PersonalData } from '../security/personal-data.ts';
import { createServiceKeyVerifier } from '../security/service-keys.ts';
import { createTokenIssuer } from '../security/session-token.ts';
import { createStoredResponses } from '../security/stored-response.ts';
import { createTenantDirectory } from '../security/tenants.ts';
import { createTokenVerifier } from '../security/token-verifier.ts';

type Security = Pick<
  Dependencies,
  'authentication' | 'tenants' | 'issueTokens' | 'issueNakamaToken' | 'storedResponses'
> & { readonly personalData: PersonalData; readonly personalRecords: PersonalRecords };

/** Tokens, keys and personal data over one key ring and database. */
export function createSecurity(options: {
  readonly ring: KeyRing;
  readonly sql: Sql;
  readonly now: () => number;
  readonly revokedSessions: Pick<RevokedSessions, 'has'>;
}): Security {
  const { ring, sql, now, revokedSessions } = options;
  const tenants = createTenantDirectory(sql, now);
  return {
    tenants,
    authentication: {
      tenants,
      now,
      verifyToken: createTokenVerifier({
        ring,
        now,
        isRevoked: (sessionId, tenant) => revokedSessions.has(tenant, sessionId),
      }),
      verifyEndedToken: createTokenVerifier({ ring, now, isRevoked: () => false, cacheSize: 1_000 }),
      verifyServiceKey: createServiceKeyVerifier(sql, now),
    },
    issueTokens: createTokenIssuer(ring),
    issueNakamaToken: createNakamaTokenIssuer(ring),
    storedResponses: createStoredResponses(ring, now),
    personalData: createPersonalData({ ring, now, loadDataKeys: sharedLoads(dataKeyLoader(sql)) }),
    personalRecords: {
      deleteDataKey: (tenant, playerId) => eraseDataKey(sql, tenant, playerId),
      deleteStoredAnswers: (tenant, playerId) => deleteRecordsOfPlayer(sql, tenant, playerId),
    },
  };
}

/** Lets writers and readers of different players share statements: each of them asks for the key of one. */
function sharedLoads(load: LoadDataKeys): LoadDataKeys {
  const find = coalesce<DataKeyId, DataKeyRow | undefined>(
    async (ids) => {
      const found = new Map((await load(ids)).map((row) => [dataKeyName(row), row]));
      return ids.map((id) => found.get(dataKeyName(id)));
    },
    { maxRunning: 2, maxKeys: 500 },
  );
  return async (ids) => (await Promise.all(ids.map(find))).filter((row) => row !== undefined);
}

const dataKeyName = ({ tenant, playerId }: DataKeyId): string => `${tenant}/${playerId}`;
