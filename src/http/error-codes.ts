/** Every code that the façade can answer with: its status, the sentence a client sees, and what to do about it. The one
 *  list; the OpenAPI document and docs/errors.md are made from it. Codes are never renamed or reused. */
export const errorCodes = {
  VALIDATION_FAILED: [400, 'The request is not valid', 'Correct the fields listed in `details`.'],
  MALFORMED_JSON: [400, 'The body is not valid JSON', 'Send one JSON document in UTF-8.'],
  MALFORMED_HTTP: [400, 'The request is not valid HTTP', 'Check the client library or proxy that sent it.'],
  IDEMPOTENCY_KEY_REQUIRED: [
    400,
    'This write needs an Idempotency-Key',
    'Send a new key for each new action, and the same one with each retry of it.',
  ],
  IDEMPOTENCY_KEY_MISMATCH: [
    400,
    'The Idempotency-Key header and the idempotency_key in the body differ',
    'Send one of them, or both alike.',
  ],
  UNAUTHENTICATED: [401, 'A valid Bearer token is needed', 'Sign in, and send the session token.'],
  TOKEN_EXPIRED: [401, 'The token has expired', 'Get a new one with the refresh token.'],
  CLIENT_KEY_UNKNOWN: [401, 'X-Client-Key names no tenant', "Send the client key of your game's tenant."],
  REFRESH_TOKEN_INVALID: [401, 'The refresh token is not valid', 'Sign in again.'],
  REFRESH_TOKEN_REUSED: [
    401,
    'The refresh token was used before; this sign-in has ended',
    'Sign in again. Somebody else may have had the token.',
  ],
  WEBHOOK_SECRET_INVALID: [
    401,
    'The webhook is not signed by anybody we know',
    'Set the secret of `telegramBots` in the call of setWebhook.',
  ],
  FORBIDDEN: [403, 'You may not do this', 'Use a token with the role or scope that the endpoint names.'],
  LINK_NOT_ALLOWED: [
    403,
    'A device is linked to an account only by that account',
    'Send the Bearer token of the account named by `uid`, or leave `uid` out.',
  ],
  NOT_A_PARTICIPANT: [403, 'You do not play in this match', 'Send commands to matches that your ticket was put into.'],
  ROUTE_NOT_FOUND: [404, 'There is nothing at this address', 'See /docs for all endpoints.'],
  SEASON_NOT_FOUND: [404, 'Season unavailable', 'See GET /v1/seasons.'],
  PLAYER_NOT_FOUND: [404, 'Player unavailable', 'Check the player id.'],
  ENTRY_NOT_FOUND: [404, 'This player has no entry in this season', 'Check the player id; withdrawn entries are gone.'],
  DEAD_LETTER_NOT_FOUND: [404, 'Dead letter unavailable', 'See GET /v1/dead-letters.'],
  SCORE_NOT_FOUND: [404, 'This player has no such score in this season', 'Check `player_id` and `event_id`.'],
  BOT_COMMAND_NOT_FOUND: [404, 'Bot command unavailable', 'See GET /v1/bot/commands.'],
  NOTIFICATION_NOT_FOUND: [
    404,
    'Notification unavailable',
    'See GET /v1/notifications; expired and deleted ones are gone.',
  ],
  NOTIFICATION_TEMPLATE_NOT_FOUND: [404, 'Template unavailable', 'See GET /v1/notifications/templates.'],
  TICKET_NOT_FOUND: [404, 'Ticket unavailable', 'Check the ticket; only those who queue with it see it.'],
  MATCH_NOT_FOUND: [404, 'Match unavailable', 'Check the match id; a matched ticket names it.'],
  METHOD_NOT_ALLOWED: [405, 'The address does not take this method', 'Use a method of the Allow header.'],
  REQUEST_TIMEOUT: [408, 'The request did not arrive in time', 'Send it again, faster.'],
  IDEMPOTENCY_KEY_IN_USE: [
    409,
    'The first request with this key is still being executed',
    'Retry with the same key after the seconds in Retry-After.',
  ],
  IDEMPOTENCY_KEY_EXPIRED: [
    409,
    'The answer to this key held tokens and is no longer repeated',
    'Sign in again with a new key.',
  ],
  DEVICE_LINKED_TO_ANOTHER_PLAYER: [
    409,
    'The device belongs to another account',
    'Sign in without `uid`, or unlink the device there first.',
  ],
  DEAD_LETTER_SETTLED: [409, 'The dead letter is settled', 'Nothing is left to do.'],
  DEAD_LETTER_RETRYING: [409, 'The dead letter is being retried', 'Wait for what comes of it, then discard it.'],
  DEAD_LETTER_NOT_RETRYABLE: [
    409,
    'There is no way to retry dead letters of this source',
    'See to it by hand, then discard it.',
  ],
  SEASON_EXISTS: [409, 'There is a season of this name', 'Choose another name.'],
  SEASON_NOT_ARCHIVED: [
    409,
    'The ranks of the season are not final yet',
    'Seasons are archived in the night after they closed; until then see GET /v1/leaderboards/{season}.',
  ],
  SEASON_ARCHIVED: [409, 'The ranks of the season are final', 'Scores are withdrawn before the season is archived.'],
  SEASON_NOT_OPEN: [409, 'The season has not opened yet', 'Submit after its `opens_at`.'],
  SEASON_CLOSED: [409, 'The season is closed', 'Submit to a season that is open.'],
  BOT_COMMAND_NOT_DEAD: [409, 'The command is done, or is being tried still', 'Retry only commands that are `dead`.'],
  SENDING_NOT_DEAD: [409, 'It was sent, or is being tried still', 'Retry only sendings that are `dead`.'],
  ALREADY_QUEUED: [
    409,
    'A player of this ticket waits with another one',
    'See GET /v1/matchmaking; cancel the ticket there, or wait for its match.',
  ],
  ALREADY_IN_MATCH: [
    409,
    'A player of this ticket plays in a match',
    'See GET /v1/matchmaking; finish the match there, or surrender.',
  ],
  TICKET_ALREADY_MATCHED: [409, 'The ticket has a match already', 'See GET /v1/matchmaking/{ticket} for the match.'],
  MATCH_ENDED: [409, 'The match has ended', 'See GET /v1/matches/{match_id} for its result.'],
  LOG_REPLACED: [
    409,
    'The position in Sandai-Wait-For is of a log that was replaced',
    'Forget the position, and read without it.',
  ],
  PAYLOAD_TOO_LARGE: [
    413,
    'The body is too large',
    'Send less at once: at most 1 MiB, to endpoints under /v1/auth 16 KiB.',
  ],
  URI_TOO_LONG: [414, 'A part of the address is too long', 'Shorten it.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body must be application/json', 'Set Content-Type to application/json.'],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'This key was used for another request',
    'Send a new key with each new action; retries must be identical.',
  ],
  MODE_UNKNOWN: [422, 'There is no such mode', 'Ask the operator which modes are offered.'],
  PARTY_TOO_LARGE: [
    422,
    'The party does not fit into a team of one of the modes',
    'Leave that mode out, or queue with fewer players.',
  ],
  ILLEGAL_COMMAND: [
    422,
    'The match does not allow this command',
    'Check the command, its payload, and what happened in the match before.',
  ],
  RESULT_INCOMPLETE: [
    422,
    'The result does not fit the teams of the match',
    'Give each team of the match a place, and scores to its players only.',
  ],
  SCORE_OUT_OF_RANGE: [
    422,
    'The score would leave the range of ±(2^53 − 1)',
    'Submit smaller numbers; sums count as well.',
  ],
  REWARDS_OVERLAP: [422, 'A rank has two rewards, or a range ends before it begins', 'Correct the ranges of ranks.'],
  SEASON_ENDS_BEFORE_IT_OPENS: [422, 'The season would end before it opens', 'Give a `closes_at` after `opens_at`.'],
  NOTIFICATION_VARIABLE_MISSING: [
    422,
    'The template has a place without a word',
    'Give the `variables` that `details` lists.',
  ],
  NOTIFICATION_TOO_LONG: [422, 'Filled in, the template is too long', 'Shorten the template or its `variables`.'],
  RATE_LIMITED: [429, 'Too many requests', 'Retry after the seconds in Retry-After.'],
  HEADERS_TOO_LARGE: [431, 'The headers are too large', 'Send fewer or shorter headers.'],
  INTERNAL_ERROR: [
    500,
    'Something went wrong on our side',
    'Retry with the same idempotency key; quote X-Request-Id when it goes on.',
  ],
  OVERLOADED: [503, 'The service is busy', 'Retry with the same idempotency key after the seconds in Retry-After.'],
  READ_MODEL_BEHIND: [
    503,
    'The read model has not reached the position in Sandai-Wait-For yet',
    'Retry after the seconds in Retry-After, or read without the position.',
  ],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string, advice: string]>>;

export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);
export const statusOf = (code: ErrorCode): number => errorCodes[code][0];
export const messageOf = (code: ErrorCode): string => errorCodes[code][1];
