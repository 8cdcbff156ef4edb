-- compatible: final ranks of archived seasons, derived from the log
CREATE TABLE season_history (
  tenant TEXT NOT NULL,
  season TEXT NOT NULL,
  rank BIGINT NOT NULL,
  player_id UUID NOT NULL,
  score BIGINT NOT NULL,
  subscore BIGINT NOT NULL,
  reached_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, season, rank)
);

CREATE TABLE season_archives (
  tenant TEXT NOT NULL,
  season TEXT NOT NULL,
  entries BIGINT NOT NULL,
  completed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, season)
);
