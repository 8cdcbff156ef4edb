-- compatible: who is doing a job outside of the house at the moment (docs/decisions/0012-bots-and-notifications.md)
CREATE TABLE job_claims (
  job TEXT PRIMARY KEY,
  claimed_until TIMESTAMPTZ NOT NULL
);
