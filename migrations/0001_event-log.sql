-- compatible: the log and what is committed with it (docs/architecture.md)
CREATE TABLE log_info (
  singleton BOOL PRIMARY KEY DEFAULT true CHECK (singleton),
  log_id UUID NOT NULL DEFAULT gen_random_uuid(),
  partitions INT NOT NULL,
  stream_hash TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE log_partitions (
  partition INT PRIMARY KEY,
  position BIGINT NOT NULL DEFAULT 0,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE events (
  partition INT NOT NULL,
  position BIGINT NOT NULL,
  event_id UUID NOT NULL,
  tenant TEXT NOT NULL,
  stream_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  type TEXT NOT NULL,
  schema_version INT NOT NULL,
  data JSONB NOT NULL,
  metadata JSONB NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (partition, position),
  CONSTRAINT events_stream_version UNIQUE (stream_id, version)
);

CREATE TABLE stream_heads (
  stream_id TEXT PRIMARY KEY,
  version BIGINT NOT NULL
);

CREATE TABLE sandai_outbox (
  partition INT NOT NULL,
  position BIGINT NOT NULL,
  ordinal INT NOT NULL,
  id UUID NOT NULL,
  aggregatetype TEXT NOT NULL,
  aggregateid TEXT NOT NULL,
  type TEXT NOT NULL,
  payload JSONB NOT NULL,
  tenant TEXT NOT NULL,
  traceparent TEXT,
  occurred_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (partition, position, ordinal)
);

CREATE TABLE idempotency_keys (
  tenant TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INT NOT NULL,
  response TEXT NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (tenant, scope, key)
);

CREATE TABLE data_keys (
  tenant TEXT NOT NULL,
  player_id TEXT NOT NULL,
  wrapped_key TEXT,
  kek_id TEXT,
  erased_at TIMESTAMPTZ,
  PRIMARY KEY (tenant, player_id)
);

CREATE TABLE tenants (
  tenant TEXT PRIMARY KEY,
  client_key TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  disabled_at TIMESTAMPTZ
);

CREATE TABLE service_keys (
  key_id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL REFERENCES tenants (tenant),
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT[] NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  revoked_at TIMESTAMPTZ
);
