import { rowsBy, type Tables } from './rows.ts';

const forGood = 8_640_000_000_000_000;

/** Accounts, what they are entitled to, and what signs in as them. */
export const accounts: Tables = {
  profiles(log) {
    const rows = rowsBy('player_id');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, player_id: data.playerId };
      if (type === 'PlayerRegistered') rows.set({ ...row, method: data.method, registered_at: at });
      if (type === 'DisplayNameChanged') rows.set({ ...row, display_name: data.displayName });
    }
    return rows.all();
  },

  entitlements(log) {
    const rows = rowsBy('player_id');
    for (const { tenant, type, data } of log) {
      const row = { tenant, player_id: data.playerId };
      const column = `${data.tier}_until`;
      const until = data.expiresAt === null ? forGood : Date.parse(data.expiresAt);
      if (type === 'EntitlementGranted') rows.set({ ...row, [column]: until });
      if (type === 'EntitlementRevoked') rows.set({ ...row, [column]: null });
    }
    return rows.all();
  },

  devices(log) {
    const rows = rowsBy('device_hash');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, device_hash: data.deviceHash };
      if (type === 'DeviceLinked') rows.set({ ...row, player_id: data.playerId, linked_at: at });
      if (type === 'DeviceUnlinked') rows.set({ ...row, player_id: null, linked_at: null });
    }
    return rows.all();
  },

  sessions(log) {
    const rows = rowsBy('session_id');
    for (const { tenant, type, data, at } of log) {
      const row = { tenant, session_id: data.sessionId };
      if (type === 'PlayerAuthenticated')
        rows.set({
          ...row,
          player_id: data.playerId,
          method: data.method,
          client: data.client,
          started_at: at,
          refreshed_at: at,
          expires_at: new Date(data.familyExpiresAt),
        });
      if (type === 'SessionRefreshed') rows.set({ ...row, refreshed_at: at });
      if (type === 'SessionRevoked') rows.set({ ...row, ended_at: at });
    }
    return rows.all();
  },

  session_revocations(log) {
    const rows = rowsBy('session_id');
    for (const { tenant, type, data, at } of log)
      if (type === 'SessionRevoked')
        rows.set({
          tenant,
          session_id: data.sessionId,
          revoked_at: at,
          tokens_expire_at: new Date(data.tokensExpireAt),
        });
    return rows.all();
  },
};
