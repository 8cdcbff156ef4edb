-- compatible: the messages taken from outside, as operators see them (docs/decisions/0008-exactly-once-commands.md)
CREATE VIEW inbox AS
SELECT tenant, substr(scope, 7) AS source, key AS message_id, response
FROM idempotency_keys
WHERE scope LIKE 'inbox %';
