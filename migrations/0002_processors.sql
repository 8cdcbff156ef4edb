-- compatible: processors over the log and the generations of read models
CREATE TABLE processor_checkpoints (
  processor TEXT NOT NULL,
  partition INT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  owner TEXT,
  epoch BIGINT NOT NULL DEFAULT 0,
  lease_until TIMESTAMPTZ,
  PRIMARY KEY (processor, partition)
);

CREATE TABLE poison_events (
  processor TEXT NOT NULL,
  partition INT NOT NULL,
  position BIGINT NOT NULL,
  event_id UUID NOT NULL,
  event_type TEXT NOT NULL,
  error TEXT NOT NULL,
  attempts INT NOT NULL,
  resolution TEXT NOT NULL DEFAULT 'blocked' CHECK (resolution IN ('blocked', 'retry', 'skip')),
  first_failed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  last_failed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (processor, partition, position)
);

CREATE TABLE projection_generations (
  projection TEXT NOT NULL,
  generation INT NOT NULL,
  version INT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('building', 'live', 'retired')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  live_at TIMESTAMPTZ,
  retired_at TIMESTAMPTZ,
  PRIMARY KEY (projection, generation)
);

CREATE TABLE processor_owners (
  processor TEXT NOT NULL,
  owner TEXT NOT NULL,
  alive_until TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (processor, owner)
);
