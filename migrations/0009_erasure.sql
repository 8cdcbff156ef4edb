-- breaking: a stored answer that names no player in its scope says whose it is, so that an erasure finds it; and an account is a
-- condition of each sign-in, so it has a head row, which processes of an older release would not move
ALTER TABLE idempotency_keys ADD COLUMN player_id TEXT;

CREATE INDEX idempotency_keys_player ON idempotency_keys (tenant, player_id) WHERE player_id IS NOT NULL;

INSERT INTO stream_heads (stream_id, version)
SELECT stream_id, max(version) FROM events WHERE stream_id LIKE 'player-%' GROUP BY stream_id
ON CONFLICT (stream_id) DO NOTHING;
