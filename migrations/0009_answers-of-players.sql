-- compatible: a stored answer that names no player in its scope says whose it is, so that an erasure finds it
ALTER TABLE idempotency_keys ADD COLUMN player_id TEXT;

CREATE INDEX idempotency_keys_player ON idempotency_keys (tenant, player_id) WHERE player_id IS NOT NULL;
