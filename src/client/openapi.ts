// generated from /openapi.json by `npm run client`; do not edit

export interface paths {
    "/v1/auth/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a device; its first use makes an account */
        post: operations["postAuthDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token counts once; using one again ends the sign-in. A retry with the same idempotency key repeats the answer instead.
         */
        post: operations["postAuthRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the sign-in of the Bearer token, on all nodes within 2 s
         * @description Saying it again is no error. For: `player`.
         */
        post: operations["postAuthLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with an e-mail address and a password
         * @description With `create`, an address that nobody has makes an account, and gets an e-mail with a code to verify it.
         */
        post: operations["postAuthEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an e-mail with a code that verifies the address
         * @description The answer is the same whether anybody has the address.
         */
        post: operations["postAuthEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an e-mail with a code that sets a new password
         * @description The answer is the same whether anybody has the address.
         */
        post: operations["postAuthEmailReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an address with the code that was sent there
         * @description For the player who signs in with the address: whoever has the mailbox only may set a new password instead. For: `player`.
         */
        post: operations["postAuthEmailVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the code that was sent to the address
         * @description All sign-ins of the player from before end. An address that was never verified leaves an account that can be signed in to without it, and makes a new one.
         */
        post: operations["postAuthEmailPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/social": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with an account at a provider such as Google or Apple
         * @description The first use makes a player; with a player's token, it links the account to that one. Providers are configured by `social.providers`.
         */
        post: operations["postAuthSocial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's devices
         * @description For: `player`.
         */
        get: operations["getDevices"];
        put?: never;
        /**
         * Link a device: it signs in as the caller from then on
         * @description Linking it again changes nothing. For: `player`.
         */
        post: operations["postDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{device}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink a device: its next use makes a new player
         * @description The last thing that the caller can sign in with stays. Sessions go on; end them with DELETE /v1/sessions. For: `player`.
         */
        delete: operations["deleteDevicesByDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's e-mail addresses and accounts at providers, and how many devices
         * @description Devices are listed by GET /v1/devices. For: `player`.
         */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink an e-mail address or an account at a provider: its next use makes a new player
         * @description The last thing that the caller can sign in with stays. Sessions go on; end them with DELETE /v1/sessions. For: `player`.
         */
        delete: operations["deleteCredentialsByCredential"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's sign-ins that count, the newest first
         * @description For: `player`.
         */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of the caller's sign-ins, on all nodes within 2 s
         * @description Ending it again changes nothing. For: `player`.
         */
        delete: operations["deleteSessionsBySessionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/players/{player_id}/entitlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tiers that a player is entitled to
         * @description For: `ops`, `scope:players:read`.
         */
        get: operations["getPlayersByPlayerIdEntitlements"];
        /**
         * Set the tiers that a player is entitled to
         * @description The highest tier that has not expired counts; whoever has none is `free`. For: `ops`.
         */
        put: operations["putPlayersByPlayerIdEntitlements"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/players/{player_id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase a player's personal data, for ever
         * @description Players erase their own, admins anybody's. The answer means that it will happen whatever breaks: within a minute nothing that the player said of themselves can be read anywhere, their sessions have ended, and their devices sign in as new players. What was played stays, without a name. Saying it again is no error. For: `player`, `admin`.
         */
        delete: operations["deletePlayersByPlayerIdPersonalData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's profile and progression
         * @description For: `player`.
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the caller's display name
         * @description For: `player`.
         */
        patch: operations["patchProfile"];
        trace?: never;
    };
    "/v1/seasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All seasons, by name
         * @description For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getSeasons"];
        put?: never;
        /**
         * Open a season
         * @description For: `admin`.
         */
        post: operations["postSeasons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seasons/{season}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a season: no score counts from then on
         * @description Closing a closed season changes nothing. For: `admin`.
         */
        post: operations["postSeasonsBySeasonClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seasons/{season}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Final ranks of an archived season
         * @description A season is archived in the night after it closed; from then on no score is withdrawn. For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getSeasonsBySeasonHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leaderboards/{season}/scores/{player_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's scores in a season, the latest first
         * @description `event_id` is what a withdrawal names. Read from the log, so there is nothing to wait for. For: `ops`.
         */
        get: operations["getLeaderboardsBySeasonScoresByPlayerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All tournaments, by name
         * @description For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getTournaments"];
        put?: never;
        /**
         * Schedule a tournament
         * @description Each time of `cron` (UTC) begins an occurrence: a season of its own, that closes, pays and is archived like any other. For: `admin`.
         */
        post: operations["postTournaments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a tournament: no further occurrence begins
         * @description The one that runs goes on to its end. Ending an ended tournament changes nothing. For: `admin`.
         */
        post: operations["postTournamentsByTournamentEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tournament
         * @description For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getTournamentsByTournament"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Occurrences of a tournament, the latest first
         * @description Boards and final ranks are those of `season`: GET /v1/leaderboards/{season} and GET /v1/seasons/{season}/history. For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getTournamentsByTournamentOccurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter the occurrence that runs
         * @description A first score enters too. Entering twice changes nothing. For: `player`.
         */
        post: operations["postTournamentsByTournamentJoin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a score to the occurrence that runs
         * @description Enters the player where they have not entered. Services name the player in `player_id`. For: `player`, `scope:scores:write`.
         */
        post: operations["postTournamentsByTournamentScore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tournaments/{tournament}/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the board of a tournament's occurrence
         * @description Of the latest occurrence, which goes on to be shown when it is over; `season` asks for another one. Pages of one board have the same `season`. For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getTournamentsByTournamentLeaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leaderboards/{season}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a score
         * @description `rank` is that of the standing entry with this score applied. Services name the player in `player_id`. For: `player`, `scope:scores:write`.
         */
        post: operations["postLeaderboardsBySeasonScore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leaderboards/{season}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a score back; the record before it stands again
         * @description Withdrawing a withdrawn score changes nothing. For: `ops`.
         */
        post: operations["postLeaderboardsBySeasonWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leaderboards/{season}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of a leaderboard
         * @description Equal scores: who reached it first, then the player id. For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getLeaderboardsBySeason"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leaderboards/{season}/around/{player_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries around a player
         * @description For: `player`, `ops`, `admin`, `scope:scores:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getLeaderboardsBySeasonAroundByPlayerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What could not be done, by source
         * @description For: `ops`.
         */
        get: operations["getDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{dead_letter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A dead letter with what it holds
         * @description For: `ops`.
         */
        get: operations["getDeadLettersByDeadLetterId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{dead_letter_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do it once more
         * @description It is done soon after the answer; `GET` tells what came of it. For: `ops`.
         */
        post: operations["postDeadLettersByDeadLetterIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{dead_letter_id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it up for good
         * @description What it holds is deleted. Discarding a discarded one changes nothing. For: `ops`.
         */
        post: operations["postDeadLettersByDeadLetterIdDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is on sale, by product id
         * @description Operators see what was retired too. For: `player`, `ops`, `admin`, `scope:economy:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a product on sale, or change it
         * @description Purchases that were made keep what they were. One that was retired is on sale again. For: `admin`.
         */
        put: operations["putProductsByProductId"];
        post?: never;
        /**
         * Take a product off sale
         * @description What was paid for before is still granted. Retiring a retired one changes nothing. For: `admin`.
         */
        delete: operations["deleteProductsByProductId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's purchases, the newest first
         * @description For: `player`.
         */
        get: operations["getPurchases"];
        put?: never;
        /**
         * Show the receipt of a payment, and get what was paid for
         * @description A payment counts once in its tenant, whoever shows its receipt. A refused receipt is recorded. For: `player`.
         */
        post: operations["postPurchases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{purchase_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A purchase: one of the own, or any for operators
         * @description For: `player`, `ops`.
         */
        get: operations["getPurchasesByPurchaseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{purchase_id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a purchase back, and exactly what was granted for it
         * @description What the player has spent of it they owe: their balance falls below 0, and what they get next pays for it. The money itself is given back in the store. Refunding again changes nothing. For: `ops`.
         */
        post: operations["postPurchasesByPurchaseIdRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's items and balances, and the last 20 entries of their ledger
         * @description For: `player`, `ops`, `scope:players:read`, `scope:economy:write`, `scope:nakama`.
         */
        get: operations["getInventory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's ledger, the newest entry first
         * @description For: `player`, `ops`, `scope:players:read`, `scope:economy:write`, `scope:nakama`.
         */
        get: operations["getInventoryEntries"];
        put?: never;
        /**
         * Give to a player and take from them, both or nothing
         * @description To spend, take; to grant, give; to exchange, do both at once. Nobody falls below 0 by it. For: `ops`, `scope:economy:write`.
         */
        post: operations["postInventoryEntries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bot/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an update of a Telegram bot
         * @description Needs the secret of `setWebhook` in X-Telegram-Bot-Api-Secret-Token; it names the tenant and the bot. The same update again is answered alike and changes nothing.
         */
        post: operations["postBotWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bot/link-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a code that makes the caller known to a bot
         * @description Sent to a bot as `/link <code>` within ten minutes, once. For: `player`.
         */
        post: operations["postBotLinkCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bot/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commands given to bots, by bot and number
         * @description For: `ops`.
         */
        get: operations["getBotCommands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bot/commands/{bot}/{update_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a dead command again
         * @description For: `ops`.
         */
        post: operations["postBotCommandsByBotByUpdateIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's notifications: unread ones first, then the newest first
         * @description For: `player`.
         */
        get: operations["getNotifications"];
        put?: never;
        /**
         * Tell players something
         * @description By the channels that each player wants. Either `title` and `content`, or a `template` with the words for its places; `{{display_name}}` is filled in for each player. For: `ops`.
         */
        post: operations["postNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notification_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a notification as read
         * @description Marking a read one changes nothing. For: `player`.
         */
        post: operations["postNotificationsByNotificationIdRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark notifications as read
         * @description The next 100 unread ones; `more` says whether others are left. For: `player`.
         */
        post: operations["postNotificationsRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notification_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a notification
         * @description Deleting a deleted one changes nothing. For: `player`.
         */
        delete: operations["deleteNotificationsByNotificationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By which channels the caller is reached
         * @description For: `player`.
         */
        get: operations["getNotificationsPreferences"];
        /**
         * Choose by which channels the caller is reached
         * @description Counts for notifications from then on. For: `player`.
         */
        put: operations["putNotificationsPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notification_id}/sendings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a notification by e-mail and push, by player
         * @description For: `ops`.
         */
        get: operations["getNotificationsByNotificationIdSendings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notification_id}/sendings/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a dead sending again
         * @description For: `ops`.
         */
        post: operations["postNotificationsByNotificationIdSendingsRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All templates, by name
         * @description For: `ops`.
         */
        get: operations["getNotificationsTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/templates/{template}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write a template
         * @description `{{name}}` is a place for a word. Notifications that were queued before keep their text. For: `ops`.
         */
        put: operations["putNotificationsTemplatesByTemplate"];
        post?: never;
        /**
         * Remove a template
         * @description For: `ops`.
         */
        delete: operations["deleteNotificationsTemplatesByTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matchmaking/enqueue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queue for a match
         * @description Opponents are looked for among those of about the same skill, and farther off the longer it takes. A player has one open ticket, and is in one match, at a time. For: `player`.
         */
        post: operations["postMatchmakingEnqueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matchmaking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's place: none, in the queue, or in a match
         * @description For: `player`.
         */
        get: operations["getMatchmaking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matchmaking/{ticket}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a ticket
         * @description For: `player`.
         */
        get: operations["getMatchmakingByTicket"];
        put?: never;
        post?: never;
        /**
         * Take a ticket back
         * @description Any player of the ticket may; taking it back twice changes nothing. For: `player`.
         */
        delete: operations["deleteMatchmakingByTicket"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/{match_id}/command": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do something in a match
         * @description The command is checked against the state of the match and recorded. For: `player`.
         */
        post: operations["postMatchesByMatchIdCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/{match_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report the result of a match
         * @description For the host of matches: ends the match. A match that has ended keeps its result. For: `scope:matches:write`, `scope:nakama`.
         */
        post: operations["postMatchesByMatchIdResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's matches, the newest first
         * @description For: `player`.
         */
        get: operations["getMatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/{match_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a match stands, or ended
         * @description Players see the matches that they play in. For: `player`, `ops`, `admin`, `scope:matches:write`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getMatchesByMatchId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Analytics events of all players, the newest first
         * @description For: `ops`.
         */
        get: operations["getAnalyticsEvents"];
        put?: never;
        /**
         * Tell what the player did
         * @description All events are taken, or none. An event counts once, by its `event_id`, however often and in whatever batches it is told. With `sent_at` a wrong clock of the device does no harm: what it is ahead is taken off. For: `player`.
         */
        post: operations["postAnalyticsEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/players/{player_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The analytics events of a player, the newest first
         * @description For: `player`, `ops`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getPlayersByPlayerIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/players/{player_id}/play-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When a player played, the latest time first
         * @description A play session ends where the player did nothing for longer than `analytics.sessionGapMinutes`. For: `player`, `ops`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getPlayersByPlayerIdPlaySessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Active and new players, and play sessions, by day
         * @description For: `ops`.
         */
        get: operations["getAnalyticsActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many players come back, by their first day
         * @description For: `ops`.
         */
        get: operations["getAnalyticsRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far players come on the way from one event to another
         * @description A step counts when it comes after the one before, and not later than `within_s` after the first one. For: `ops`.
         */
        get: operations["getAnalyticsFunnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/cohorts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the players of an experiment did after they were exposed, by cohort
         * @description For: `ops`.
         */
        get: operations["getAnalyticsCohorts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/events/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often what happened, by day and name, the latest day first
         * @description For: `ops`.
         */
        get: operations["getAnalyticsEventsCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by day, product and currency, the latest day first
         * @description A purchase counts on the day on which the store says it was paid, a refund or chargeback on its own day. For: `ops`.
         */
        get: operations["getAnalyticsRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/economy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came to players and what left them, by day, asset and cause, the latest day first
         * @description For: `ops`.
         */
        get: operations["getAnalyticsEconomy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, the newest first
         * @description All that operators and services did in the tenant, and what players did to the security of their accounts. Holds no personal data of players. For: `admin`.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups whose name contains a text, by name
         * @description Private groups are found too, so that players can ask to join them; who is in them is not shown. For: `player`.
         */
        get: operations["getGroups"];
        put?: never;
        /**
         * Make a group, as its first superadmin
         * @description For: `player`.
         */
        post: operations["postGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A group
         * @description For: `player`.
         */
        get: operations["getGroupsByGroupId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a group
         * @description For its admins. Only superadmins make superadmins or take that role away, and one is always left. All of it changes, or nothing. For: `player`.
         */
        patch: operations["patchGroupsByGroupId"];
        trace?: never;
    };
    "/v1/groups/{group_id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a group, or ask to be let in
         * @description A private group lets in who is invited; others have asked then, and an admin answers. Again changes nothing. For: `player`.
         */
        post: operations["postGroupsByGroupIdJoin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a group
         * @description The last superadmin goes last: whoever leaves as the only member ends the group, and its name is free. For: `player`.
         */
        post: operations["postGroupsByGroupIdLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asks to be let into a group
         * @description For its admins. For: `player`.
         */
        get: operations["getGroupsByGroupIdRequests"];
        put?: never;
        /**
         * Answer who asks to be let in
         * @description For admins. For: `player`.
         */
        post: operations["postGroupsByGroupIdRequests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a player to a group
         * @description For admins. Lifts a ban. Repeating an invitation that still counts changes nothing. For: `player`.
         */
        post: operations["postGroupsByGroupIdInvites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}/kick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a member away
         * @description For admins, and only members of a lower role. Whoever is banned too stays out until invited. For: `player`.
         */
        post: operations["postGroupsByGroupIdKick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a group
         * @description Of a private group, for its members only. For: `player`.
         */
        get: operations["getGroupsByGroupIdMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups that the caller is in, those joined last first
         * @description For: `player`.
         */
        get: operations["getGroupsMine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations of the caller to groups and parties that count, those that end first first
         * @description For: `player`.
         */
        get: operations["getInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a party, as its leader
         * @description A player is in one party at a time. For: `player`.
         */
        post: operations["postParties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The party that the caller is in
         * @description For: `player`.
         */
        get: operations["getPartiesMine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{party_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A party: its leader and members
         * @description For its members and who is invited; of a party that everybody may join, for everybody who knows its id. For: `player`.
         */
        get: operations["getPartiesByPartyId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{party_id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a player to a party
         * @description Every member may; whom the leader sent away, only the leader. An invitation keeps no place free, and repeating one that still counts changes nothing. For: `player`.
         */
        post: operations["postPartiesByPartyIdInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{party_id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a party
         * @description Joining the party that one is in changes nothing. For: `player`.
         */
        post: operations["postPartiesByPartyIdJoin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{party_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a party
         * @description When the leader leaves, who has been there the longest leads; when the last member leaves, the party ends. For: `player`.
         */
        post: operations["postPartiesByPartyIdLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{party_id}/kick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a member away
         * @description For the leader. Who was sent away comes back only when the leader invites them. For: `player`.
         */
        post: operations["postPartiesByPartyIdKick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Experiments, by id
         * @description Players see those that run, and not whom they are for; operators and services see all. For: `player`, `ops`, `admin`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getExperiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An experiment as it is now
         * @description For: `ops`, `admin`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getExperimentsByExperimentId"];
        /**
         * Define an experiment, or change its definition while it does not run
         * @description The whole definition each time. Nothing is assigned until it is started. For: `admin`.
         */
        put: operations["putExperimentsByExperimentId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an experiment: a new run, with buckets of its own
         * @description Starting one that runs changes nothing. For: `admin`.
         */
        post: operations["postExperimentsByExperimentIdStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an experiment: nobody is assigned any more
         * @description Stopping one that does not run changes nothing. Another start is another run. For: `admin`.
         */
        post: operations["postExperimentsByExperimentIdStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/ramp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let more players into an experiment that runs
         * @description Whoever takes part goes on, in the same cohort. For: `admin`.
         */
        post: operations["postExperimentsByExperimentIdRamp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the cohorts of an experiment differ, metric by metric
         * @description As `npx sandai experiments report --json`: the sample ratio first, then each cohort against control. What cannot be computed has a `problem` in place of numbers. For: `ops`, `admin`.
         */
        get: operations["getExperimentsByExperimentIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/players/{player_id}/exposures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cohorts that a player was shown, by experiment and run
         * @description For: `player`, `ops`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getPlayersByPlayerIdExposures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Define an experiment as an earlier version said
         * @description A new version with the old definition: nothing is lost. See the history for versions. For: `admin`.
         */
        post: operations["postExperimentsByExperimentIdRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an experiment, the newest first
         * @description For: `ops`, `admin`.
         */
        get: operations["getExperimentsByExperimentIdHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiment-layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Layers by name, with the places that experiments have in them
         * @description For: `ops`, `admin`.
         */
        get: operations["getExperimentLayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiment-layers/{layer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make a layer, or change its holdout while no experiment has a place in it
         * @description For: `admin`.
         */
        put: operations["putExperimentLayersByLayer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's cohort, which counts as shown to the player
         * @description The cohort follows from the ids and the run, so it is the same each time and everywhere. The first answer with a cohort is recorded as an exposure, once for each player and run; ask when the player meets what the experiment changes, and `GET /v1/config` for values. The answer may be used for 60 seconds. For: `player`, `scope:exposures:write`, `scope:nakama`.
         */
        get: operations["getExperimentsByExperimentIdAssignment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a player's game is configured with
         * @description Built in, then what is set for everybody (`global`/`default`), then the variant of each experiment that the player takes part in, by its id, or that of its control where the cohort has none; a later value replaces an earlier one of the same name. With `experiment_id` exactly the chain of that experiment: cohort, control, everybody, built in; who takes no part has what the control has. Nothing is recorded as shown: see `GET /v1/experiments/{experiment_id}/assignment`. Services and operators that name no player get what everybody has. For: `player`, `ops`, `admin`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the configuration of any player follows from, for services that work it out themselves
         * @description What is built in, the experiments that run, by id, and what is set for everybody and for their cohorts. `docs/experiments.md` has the algorithm. Ask again with the ETag (`If-None-Match`): 304 as long as nothing has changed. For: `ops`, `admin`, `scope:players:read`, `scope:nakama`.
         */
        get: operations["getConfigDefinitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/{experiment_id}/{cohort}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a cohort is configured with, with its version as ETag
         * @description What counts for everybody is `global`/`default`. For: `ops`, `admin`.
         */
        get: operations["getConfigByExperimentIdByCohort"];
        /**
         * Set what a cohort is configured with
         * @description All values each time. What counts for everybody is `global`/`default`. Players have it at once; clients that follow `max-age` after at most 60 seconds. For: `admin`.
         */
        put: operations["putConfigByExperimentIdByCohort"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/{experiment_id}/{cohort}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set what a cohort was configured with at an earlier version
         * @description A new version with the old values: nothing is lost. See the history for versions. For: `admin`.
         */
        post: operations["postConfigByExperimentIdByCohortRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/{experiment_id}/{cohort}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a cohort was configured with, the newest version first
         * @description For: `ops`, `admin`.
         */
        get: operations["getConfigByExperimentIdByCohortHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers for Prometheus
         * @description From this machine itself, or with a service key of scope `metrics`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/psp/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event of a payment service provider
         * @description Needs `Sandai-Signature: t=<unix s>,v1=<hex HMAC-SHA256(secret, t.body)>`, at most 5 minutes old; the secret names the tenant. While a secret is changed, several v1 may stand there. The same event again is answered alike and changes nothing, for ever.
         */
        post: operations["postPspWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                /** @enum {string} */
                code: "VALIDATION_FAILED" | "MALFORMED_JSON" | "MALFORMED_HTTP" | "IDEMPOTENCY_KEY_REQUIRED" | "IDEMPOTENCY_KEY_MISMATCH" | "UNAUTHENTICATED" | "TOKEN_EXPIRED" | "CLIENT_KEY_UNKNOWN" | "REFRESH_TOKEN_INVALID" | "REFRESH_TOKEN_REUSED" | "INVALID_CREDENTIALS" | "SOCIAL_TOKEN_INVALID" | "WEBHOOK_SECRET_INVALID" | "WEBHOOK_SIGNATURE_INVALID" | "FORBIDDEN" | "LINK_NOT_ALLOWED" | "NOT_A_PARTICIPANT" | "GROUP_ADMIN_ONLY" | "GROUP_BANNED" | "GROUP_MEMBERS_ONLY" | "PARTY_INVITE_REQUIRED" | "PARTY_LEADER_ONLY" | "ROUTE_NOT_FOUND" | "TOURNAMENT_NOT_FOUND" | "SEASON_NOT_FOUND" | "PLAYER_NOT_FOUND" | "CREDENTIAL_NOT_FOUND" | "DEVICE_NOT_FOUND" | "SESSION_NOT_FOUND" | "EXPERIMENT_NOT_FOUND" | "EXPERIMENT_VERSION_NOT_FOUND" | "EXPERIMENT_RUN_NOT_FOUND" | "LAYER_NOT_FOUND" | "COHORT_NOT_FOUND" | "CONFIG_NOT_FOUND" | "CONFIG_VERSION_NOT_FOUND" | "ENTRY_NOT_FOUND" | "DEAD_LETTER_NOT_FOUND" | "SCORE_NOT_FOUND" | "BOT_COMMAND_NOT_FOUND" | "NOTIFICATION_NOT_FOUND" | "NOTIFICATION_TEMPLATE_NOT_FOUND" | "TICKET_NOT_FOUND" | "MATCH_NOT_FOUND" | "GROUP_NOT_FOUND" | "GROUP_MEMBER_NOT_FOUND" | "GROUP_REQUEST_NOT_FOUND" | "PARTY_NOT_FOUND" | "PARTY_MEMBER_NOT_FOUND" | "PRODUCT_NOT_FOUND" | "PURCHASE_NOT_FOUND" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_EXPIRED" | "SOCIAL_LINKED_TO_ANOTHER_PLAYER" | "DEVICE_LINKED_TO_ANOTHER_PLAYER" | "DEAD_LETTER_SETTLED" | "DEAD_LETTER_RETRYING" | "DEAD_LETTER_NOT_RETRYABLE" | "LAST_CREDENTIAL" | "SEASON_EXISTS" | "TOURNAMENT_EXISTS" | "TOURNAMENT_NOT_RUNNING" | "TOURNAMENT_ENTRIES_CLOSED" | "TOURNAMENT_FULL" | "SEASON_NOT_ARCHIVED" | "SEASON_ARCHIVED" | "SEASON_NOT_OPEN" | "SEASON_CLOSED" | "GROUP_NAME_TAKEN" | "GROUP_FULL" | "GROUP_LAST_SUPERADMIN" | "GROUP_WAITING_FULL" | "ALREADY_IN_PARTY" | "PARTY_FULL" | "PARTY_COMPOSITION" | "PARTY_INVITES_FULL" | "BOT_COMMAND_NOT_DEAD" | "SENDING_NOT_DEAD" | "ALREADY_QUEUED" | "ALREADY_IN_MATCH" | "TICKET_ALREADY_MATCHED" | "MATCH_ENDED" | "PRODUCT_RETIRED" | "RECEIPT_ALREADY_USED" | "PURCHASE_NOT_REFUNDABLE" | "INSUFFICIENT_FUNDS" | "EXPERIMENT_RUNNING" | "EXPERIMENT_NOT_RUNNING" | "RAMP_SHRINKS" | "LAYER_SLOT_TAKEN" | "LAYER_IN_USE" | "LOG_REPLACED" | "CONFIG_VERSION_MISMATCH" | "PAYLOAD_TOO_LARGE" | "URI_TOO_LONG" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_REUSED" | "COHORTS_INVALID" | "REPORT_TOO_LARGE" | "LAYER_SLOT_EMPTY" | "EXPERIMENT_ENDS_BEFORE_IT_STARTS" | "MODE_UNKNOWN" | "PARTY_TOO_LARGE" | "ILLEGAL_COMMAND" | "RESULT_INCOMPLETE" | "SOCIAL_PROVIDER_UNKNOWN" | "EMAIL_CODE_INVALID" | "SCORE_OUT_OF_RANGE" | "REWARDS_OVERLAP" | "SEASON_ENDS_BEFORE_IT_OPENS" | "NOTIFICATION_VARIABLE_MISSING" | "NOTIFICATION_TOO_LONG" | "STORE_UNKNOWN" | "RECEIPT_INVALID" | "RECEIPT_OF_ANOTHER_PRODUCT" | "RECEIPT_REVOKED" | "BALANCE_OUT_OF_RANGE" | "RATE_LIMITED" | "HEADERS_TOO_LARGE" | "INTERNAL_ERROR" | "OVERLOADED" | "SOCIAL_PROVIDER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                message: string;
                /** @description The key that the request carried. */
                idempotency_key?: string;
                details?: {
                    field: string;
                    problem: string;
                }[];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    postAuthDevice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "a1b2c3d4-e5f6-device",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 10 to 128 bytes without white space or control characters.
                     * @example a1b2c3d4-e5f6-device
                     */
                    device_id: string;
                    /** @description Links the device to this account; needs that account's Bearer token. */
                    uid?: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "nakama_token": "eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…",
                     *       "session_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6…",
                     *       "refresh_token": "9065d1f0…",
                     *       "expires_in": 7200
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description A session of the Nakama server.
                         * @example eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…
                         */
                        nakama_token: string;
                        /**
                         * @description Bearer token for this API.
                         * @example eyJhbGciOiJIUzI1NiIsImtpZCI6…
                         */
                        session_token: string;
                        /**
                         * @description Counts once, for POST /v1/auth/refresh.
                         * @example 9065d1f0…
                         */
                        refresh_token: string;
                        /**
                         * @description Seconds until the session token expires.
                         * @example 7200
                         */
                        expires_in: number;
                    };
                };
            };
        };
    };
    postAuthRefresh: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "9065d1f0…",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description From the last sign-in or refresh.
                     * @example 9065d1f0…
                     */
                    refresh_token: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "nakama_token": "eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…",
                     *       "session_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6…",
                     *       "refresh_token": "9065d1f0…",
                     *       "expires_in": 7200
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description A session of the Nakama server.
                         * @example eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…
                         */
                        nakama_token: string;
                        /**
                         * @description Bearer token for this API.
                         * @example eyJhbGciOiJIUzI1NiIsImtpZCI6…
                         */
                        session_token: string;
                        /**
                         * @description Counts once, for POST /v1/auth/refresh.
                         * @example 9065d1f0…
                         */
                        refresh_token: string;
                        /**
                         * @description Seconds until the session token expires.
                         * @example 7200
                         */
                        expires_in: number;
                    };
                };
            };
        };
    };
    postAuthLogout: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signed_out": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        signed_out: true;
                    };
                };
            };
        };
    };
    postAuthEmail: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery staple",
                 *       "create": false,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address; capitals make no difference.
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * @description 8 to 256 characters.
                     * @example correct horse battery staple
                     */
                    password: string;
                    /**
                     * @description Makes an account if nobody has the address; with a player's token, links it to that one.
                     * @default false
                     */
                    create?: boolean;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "nakama_token": "eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…",
                     *       "session_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6…",
                     *       "refresh_token": "9065d1f0…",
                     *       "expires_in": 7200
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description A session of the Nakama server.
                         * @example eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…
                         */
                        nakama_token: string;
                        /**
                         * @description Bearer token for this API.
                         * @example eyJhbGciOiJIUzI1NiIsImtpZCI6…
                         */
                        session_token: string;
                        /**
                         * @description Counts once, for POST /v1/auth/refresh.
                         * @example 9065d1f0…
                         */
                        refresh_token: string;
                        /**
                         * @description Seconds until the session token expires.
                         * @example 7200
                         */
                        expires_in: number;
                    };
                };
            };
        };
    };
    postAuthEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address; capitals make no difference.
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postAuthEmailReset: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address; capitals make no difference.
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postAuthEmailVerify: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "Zk9XbYw1q4mT0cP7sLr2vH8dJ6nF3aGeUiOoKxWyQ5M",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The code of the e-mail.
                     * @example Zk9XbYw1q4mT0cP7sLr2vH8dJ6nF3aGeUiOoKxWyQ5M
                     */
                    code: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postAuthEmailPassword: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "Zk9XbYw1q4mT0cP7sLr2vH8dJ6nF3aGeUiOoKxWyQ5M",
                 *       "password": "correct horse battery staple",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The code of the e-mail.
                     * @example Zk9XbYw1q4mT0cP7sLr2vH8dJ6nF3aGeUiOoKxWyQ5M
                     */
                    code: string;
                    /**
                     * @description 8 to 256 characters.
                     * @example correct horse battery staple
                     */
                    password: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postAuthSocial: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The tenant's public client key; without it the tenant `default` is meant.
                 * @example ck_2f6b8c0d4e1a
                 */
                "X-Client-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider": "google",
                 *       "token": "eyJhbGciOiJSUzI1NiIsImtpZCI6…",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Name of the provider, as this installation calls it.
                     * @example google
                     */
                    provider: string;
                    /**
                     * @description ID token of OpenID Connect, from the provider.
                     * @example eyJhbGciOiJSUzI1NiIsImtpZCI6…
                     */
                    token: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "nakama_token": "eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…",
                     *       "session_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6…",
                     *       "refresh_token": "9065d1f0…",
                     *       "expires_in": 7200
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description A session of the Nakama server.
                         * @example eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOi…
                         */
                        nakama_token: string;
                        /**
                         * @description Bearer token for this API.
                         * @example eyJhbGciOiJIUzI1NiIsImtpZCI6…
                         */
                        session_token: string;
                        /**
                         * @description Counts once, for POST /v1/auth/refresh.
                         * @example 9065d1f0…
                         */
                        refresh_token: string;
                        /**
                         * @description Seconds until the session token expires.
                         * @example 7200
                         */
                        expires_in: number;
                    };
                };
            };
        };
    };
    getDevices: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description What stands for a device here; the device id itself is kept nowhere.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "linked_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description What stands for a device here; the device id itself is kept nowhere.
                             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                             */
                            id: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            linked_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postDevices: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "a1b2c3d4-e5f6-device",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 10 to 128 bytes without white space or control characters.
                     * @example a1b2c3d4-e5f6-device
                     */
                    device_id: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description What stands for a device here; the device id itself is kept nowhere.
                         * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                         */
                        id: string;
                    };
                };
            };
        };
    };
    deleteDevicesByDevice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description What stands for a device here; the device id itself is kept nowhere.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                device: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCredentials: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description What stands for an e-mail address or an account at a provider here.
                 * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "devices": 1,
                     *       "items": [
                     *         {
                     *           "id": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                     *           "method": "email",
                     *           "email": "a***@example.com",
                     *           "verified": true,
                     *           "provider": "google"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description How many devices the caller signs in with.
                         * @example 1
                         */
                        devices: number;
                        items: {
                            /**
                             * @description What stands for an e-mail address or an account at a provider here.
                             * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
                             */
                            id: string;
                            /**
                             * @example email
                             * @enum {string}
                             */
                            method: "email" | "social";
                            /**
                             * @description The address, for the most part hidden.
                             * @example a***@example.com
                             */
                            email: string | null;
                            /**
                             * @description Whether the address was verified.
                             * @example true
                             */
                            verified: boolean | null;
                            /**
                             * @description Where the account is.
                             * @example google
                             */
                            provider: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    deleteCredentialsByCredential: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description What stands for an e-mail address or an account at a provider here.
                 * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
                 */
                credential: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getSessions: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5d3c9f0e-0d0a-4b52-8f4e-2a9c1b7e6d10",
                     *           "method": "device",
                     *           "ip": "203.0.113.7",
                     *           "user_agent": "MyGame/1.4 (Android 15)",
                     *           "started_at": "2026-03-01T12:00:00Z",
                     *           "refreshed_at": "2026-03-01T12:00:00Z",
                     *           "current": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A sign-in.
                             * @example 5d3c9f0e-0d0a-4b52-8f4e-2a9c1b7e6d10
                             */
                            id: string;
                            /**
                             * @example device
                             * @enum {string}
                             */
                            method: "device" | "email" | "social";
                            /**
                             * @description Where it was signed in from.
                             * @example 203.0.113.7
                             */
                            ip: string | null;
                            /** @example MyGame/1.4 (Android 15) */
                            user_agent: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            started_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            refreshed_at: string;
                            /**
                             * @description Whether it is the session of this request.
                             * @example true
                             */
                            current: boolean;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    deleteSessionsBySessionId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A sign-in.
                 * @example 5d3c9f0e-0d0a-4b52-8f4e-2a9c1b7e6d10
                 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPlayersByPlayerIdEntitlements: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "tier": "gold",
                     *       "entitlements": [
                     *         {
                     *           "tier": "gold",
                     *           "expires_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description The highest tier that the player has now.
                         * @example gold
                         * @enum {string}
                         */
                        tier: "free" | "silver" | "gold";
                        entitlements: {
                            /**
                             * @example gold
                             * @enum {string}
                             */
                            tier: "silver" | "gold";
                            /** @description When it ends; null or left out = never. */
                            expires_at?: string | null;
                        }[];
                    };
                };
            };
        };
    };
    putPlayersByPlayerIdEntitlements: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "entitlements": [
                 *         {
                 *           "tier": "gold",
                 *           "expires_at": "2026-03-01T12:00:00Z"
                 *         }
                 *       ],
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /** @description All that the player shall have; what is not here is taken away. */
                    entitlements: {
                        /**
                         * @example gold
                         * @enum {string}
                         */
                        tier: "silver" | "gold";
                        /** @description When it ends; null or left out = never. */
                        expires_at?: string | null;
                    }[];
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "tier": "gold",
                     *       "entitlements": [
                     *         {
                     *           "tier": "gold",
                     *           "expires_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description The highest tier that the player has now.
                         * @example gold
                         * @enum {string}
                         */
                        tier: "free" | "silver" | "gold";
                        entitlements: {
                            /**
                             * @example gold
                             * @enum {string}
                             */
                            tier: "silver" | "gold";
                            /** @description When it ends; null or left out = never. */
                            expires_at?: string | null;
                        }[];
                    };
                };
            };
        };
    };
    deletePlayersByPlayerIdPersonalData: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "erasure": "accepted"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /** @enum {string} */
                        erasure: "accepted";
                    };
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player": {
                     *         "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *         "display_name": "Ada",
                     *         "registered_at": "2026-03-01T12:00:00Z",
                     *         "tier": "gold",
                     *         "entitlements": [
                     *           {
                     *             "tier": "gold",
                     *             "expires_at": "2026-03-01T12:00:00Z"
                     *           }
                     *         ]
                     *       },
                     *       "progression": {
                     *         "ranks": [
                     *           {
                     *             "season": "spring-2026",
                     *             "rank": 1,
                     *             "score": 1500,
                     *             "subscore": 1500
                     *           }
                     *         ],
                     *         "ratings": [
                     *           {
                     *             "mode": "duo",
                     *             "rating": 1658,
                     *             "matches": 2
                     *           }
                     *         ],
                     *         "inventory": {
                     *           "items": [
                     *             {
                     *               "item": "sword-of-dawn",
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "currencies": [
                     *             {
                     *               "currency": "gems",
                     *               "balance": 380
                     *             }
                     *           ]
                     *         },
                     *         "recent_matches": [
                     *           {
                     *             "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f",
                     *             "mode": "duo",
                     *             "team": 1,
                     *             "status": "running",
                     *             "started_at": "2026-03-01T12:00:00Z",
                     *             "outcome": "won",
                     *             "score": 12
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        player: {
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /** @example Ada */
                            display_name: string | null;
                            /** @description null until the read model knows the account. */
                            registered_at: string | null;
                            /**
                             * @description The highest tier that the player has now.
                             * @example gold
                             * @enum {string}
                             */
                            tier: "free" | "silver" | "gold";
                            /** @description What has not expired. */
                            entitlements: {
                                /**
                                 * @example gold
                                 * @enum {string}
                                 */
                                tier: "silver" | "gold";
                                /** @description When it ends; null or left out = never. */
                                expires_at?: string | null;
                            }[];
                        };
                        progression: {
                            /** @description One for each open season with an entry. */
                            ranks: {
                                /**
                                 * @description Name of a season, or of an occurrence of a tournament.
                                 * @example spring-2026
                                 */
                                season: string;
                                rank: number;
                                /** @example 1500 */
                                score: number;
                                /** @example 1500 */
                                subscore: number;
                            }[];
                            /** @description One for each mode that the player has played. */
                            ratings: {
                                /**
                                 * @description A way to play.
                                 * @example duo
                                 */
                                mode: string;
                                /**
                                 * @description About 1500 for a new player.
                                 * @example 1658
                                 */
                                rating: number;
                                /**
                                 * @description How many it rests on.
                                 * @example 2
                                 */
                                matches: number;
                            }[];
                            /** @description How much there is of each; see GET /v1/inventory. */
                            inventory: {
                                items: {
                                    /**
                                     * @description Name of an item.
                                     * @example sword-of-dawn
                                     */
                                    item: string;
                                    /**
                                     * @description Below 0: owed, because it was spent before its purchase was taken back.
                                     * @example 1
                                     */
                                    quantity: number;
                                }[];
                                currencies: {
                                    /**
                                     * @description Name of a wallet currency.
                                     * @example gems
                                     */
                                    currency: string;
                                    /**
                                     * @description Below 0: owed, because it was spent before its purchase was taken back.
                                     * @example 380
                                     */
                                    balance: number;
                                }[];
                            };
                            /** @description The newest ten; see GET /v1/matches for all. */
                            recent_matches: {
                                /**
                                 * Format: uuid
                                 * @description A match.
                                 * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                                 */
                                match_id: string;
                                /**
                                 * @description A way to play.
                                 * @example duo
                                 */
                                mode: string;
                                /**
                                 * @description Number of a team, from 1.
                                 * @example 1
                                 */
                                team: number;
                                /**
                                 * @example running
                                 * @enum {string}
                                 */
                                status: "running" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-03-01T12:00:00Z
                                 */
                                started_at: string;
                                outcome: ("won" | "lost" | "drawn") | null;
                                score: number | null;
                            }[];
                        };
                    };
                };
            };
        };
    };
    patchProfile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "Ada",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description 1 to 32 characters, shown in leaderboards.
                     * @example Ada
                     */
                    display_name: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "display_name": "Ada"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description 1 to 32 characters, shown in leaderboards.
                         * @example Ada
                         */
                        display_name: string;
                    };
                };
            };
        };
    };
    getSeasons: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "season": "spring-2026",
                     *           "operator": "best",
                     *           "opens_at": "2026-03-01T12:00:00Z",
                     *           "closes_at": "2026-03-01T12:00:00Z",
                     *           "submit_by": "players",
                     *           "rewards": [
                     *             {
                     *               "from_rank": 1,
                     *               "to_rank": 3,
                     *               "grants": [
                     *                 {
                     *                   "kind": "currency",
                     *                   "asset": "gold",
                     *                   "amount": 100
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "status": "open"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description Name of a season, or of an occurrence of a tournament.
                             * @example spring-2026
                             */
                            season: string;
                            /**
                             * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                             * @example best
                             * @enum {string}
                             */
                            operator: "best" | "latest" | "sum";
                            opens_at: string | null;
                            closes_at: string | null;
                            /**
                             * @description Whether players submit their scores themselves, or services only.
                             * @example players
                             * @enum {string}
                             */
                            submit_by: "players" | "service";
                            /** @description What each rank of a range gets when the season has closed. */
                            rewards: {
                                /** @example 1 */
                                from_rank: number;
                                /** @example 3 */
                                to_rank: number;
                                grants: {
                                    /**
                                     * @example currency
                                     * @enum {string}
                                     */
                                    kind: "currency" | "item";
                                    /** @example gold */
                                    asset: string;
                                    /** @example 100 */
                                    amount: number;
                                }[];
                            }[];
                            /**
                             * @description Whether scores count now.
                             * @example open
                             * @enum {string}
                             */
                            status: "scheduled" | "open" | "closed";
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postSeasons: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "season": "spring-2026",
                 *       "operator": "best",
                 *       "opens_at": "2026-03-01T12:00:00Z",
                 *       "closes_at": "2026-03-01T12:00:00Z",
                 *       "submit_by": "players",
                 *       "rewards": [],
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Name of a season.
                     * @example spring-2026
                     */
                    season: string;
                    /**
                     * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                     * @example best
                     * @enum {string}
                     */
                    operator: "best" | "latest" | "sum";
                    /** @description Scores count from then on; left out = at once. */
                    opens_at?: string | null;
                    /** @description Scores count until then; left out = until it is closed. */
                    closes_at?: string | null;
                    /**
                     * @description Whether players submit their scores themselves, or services only.
                     * @default players
                     * @example players
                     * @enum {string}
                     */
                    submit_by?: "players" | "service";
                    /**
                     * @description What each rank of a range gets when the season has closed.
                     * @default []
                     */
                    rewards?: {
                        /** @example 1 */
                        from_rank: number;
                        /** @example 3 */
                        to_rank: number;
                        grants: {
                            /**
                             * @example currency
                             * @enum {string}
                             */
                            kind: "currency" | "item";
                            /** @example gold */
                            asset: string;
                            /** @example 100 */
                            amount: number;
                        }[];
                    }[];
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "season": "spring-2026",
                     *       "operator": "best",
                     *       "opens_at": "2026-03-01T12:00:00Z",
                     *       "closes_at": "2026-03-01T12:00:00Z",
                     *       "submit_by": "players",
                     *       "rewards": [
                     *         {
                     *           "from_rank": 1,
                     *           "to_rank": 3,
                     *           "grants": [
                     *             {
                     *               "kind": "currency",
                     *               "asset": "gold",
                     *               "amount": 100
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "status": "open"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                        /**
                         * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                         * @example best
                         * @enum {string}
                         */
                        operator: "best" | "latest" | "sum";
                        opens_at: string | null;
                        closes_at: string | null;
                        /**
                         * @description Whether players submit their scores themselves, or services only.
                         * @example players
                         * @enum {string}
                         */
                        submit_by: "players" | "service";
                        /** @description What each rank of a range gets when the season has closed. */
                        rewards: {
                            /** @example 1 */
                            from_rank: number;
                            /** @example 3 */
                            to_rank: number;
                            grants: {
                                /**
                                 * @example currency
                                 * @enum {string}
                                 */
                                kind: "currency" | "item";
                                /** @example gold */
                                asset: string;
                                /** @example 100 */
                                amount: number;
                            }[];
                        }[];
                        /**
                         * @description Whether scores count now.
                         * @example open
                         * @enum {string}
                         */
                        status: "scheduled" | "open" | "closed";
                    };
                };
            };
        };
    };
    postSeasonsBySeasonClose: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "season": "spring-2026",
                     *       "status": "closed"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                        /** @enum {string} */
                        status: "closed";
                    };
                };
            };
        };
    };
    getSeasonsBySeasonHistory: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "rank": 1,
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "display_name": "Ada",
                     *           "score": 1500,
                     *           "subscore": 1500,
                     *           "reached_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        entries: {
                            /** @example 1 */
                            rank: number;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /** @example Ada */
                            display_name: string | null;
                            /** @example 1500 */
                            score: number;
                            /** @example 1500 */
                            subscore: number;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            reached_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getLeaderboardsBySeasonScoresByPlayerId: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a",
                     *           "score": 1500,
                     *           "subscore": 1500,
                     *           "submitted_at": "2026-03-01T12:00:00Z",
                     *           "withdrawn": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description What a withdrawal names.
                             * @example 5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a
                             */
                            event_id: string;
                            /** @example 1500 */
                            score: number;
                            /** @example 1500 */
                            subscore: number;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            submitted_at: string;
                            /** @example false */
                            withdrawn: boolean;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getTournaments: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "tournament": "weekly-cup",
                     *           "operator": "best",
                     *           "cron": "0 18 * * 5",
                     *           "duration_s": 7200,
                     *           "entry_s": 1800,
                     *           "max_entries": 1000,
                     *           "submit_by": "players",
                     *           "rewards": [
                     *             {
                     *               "from_rank": 1,
                     *               "to_rank": 3,
                     *               "grants": [
                     *                 {
                     *                   "kind": "currency",
                     *                   "asset": "gold",
                     *                   "amount": 100
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "ends_at": "2026-03-01T12:00:00Z",
                     *           "next_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description Name of a tournament.
                             * @example weekly-cup
                             */
                            tournament: string;
                            /**
                             * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                             * @example best
                             * @enum {string}
                             */
                            operator: "best" | "latest" | "sum";
                            /**
                             * @description When occurrences begin, as a cron expression of five parts in UTC.
                             * @example 0 18 * * 5
                             */
                            cron: string;
                            /**
                             * @description How long one takes.
                             * @example 7200
                             */
                            duration_s: number;
                            /** @example 1800 */
                            entry_s: number;
                            /** @example 1000 */
                            max_entries: number | null;
                            /**
                             * @example players
                             * @enum {string}
                             */
                            submit_by: "players" | "service";
                            /** @description What each rank of a range gets when the season has closed. */
                            rewards: {
                                /** @example 1 */
                                from_rank: number;
                                /** @example 3 */
                                to_rank: number;
                                grants: {
                                    /**
                                     * @example currency
                                     * @enum {string}
                                     */
                                    kind: "currency" | "item";
                                    /** @example gold */
                                    asset: string;
                                    /** @example 100 */
                                    amount: number;
                                }[];
                            }[];
                            ends_at: string | null;
                            /** @description When the next occurrence begins; null = it does not come again. */
                            next_at: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postTournaments: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tournament": "weekly-cup",
                 *       "operator": "best",
                 *       "cron": "0 18 * * 5",
                 *       "duration_s": 7200,
                 *       "entry_s": 1800,
                 *       "max_entries": 1000,
                 *       "submit_by": "players",
                 *       "rewards": [],
                 *       "ends_at": "2026-03-01T12:00:00Z",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Name of a tournament.
                     * @example weekly-cup
                     */
                    tournament: string;
                    /**
                     * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                     * @example best
                     * @enum {string}
                     */
                    operator: "best" | "latest" | "sum";
                    /**
                     * @description When occurrences begin, as a cron expression of five parts in UTC.
                     * @example 0 18 * * 5
                     */
                    cron: string;
                    /**
                     * @description How long one takes.
                     * @example 7200
                     */
                    duration_s: number;
                    /**
                     * @description How long after its beginning players may enter; left out = to its end.
                     * @example 1800
                     */
                    entry_s?: number | null;
                    /**
                     * @description How many may enter; left out = no bound.
                     * @example 1000
                     */
                    max_entries?: number | null;
                    /**
                     * @default players
                     * @example players
                     * @enum {string}
                     */
                    submit_by?: "players" | "service";
                    /**
                     * @description What each rank of a range gets when the season has closed.
                     * @default []
                     */
                    rewards?: {
                        /** @example 1 */
                        from_rank: number;
                        /** @example 3 */
                        to_rank: number;
                        grants: {
                            /**
                             * @example currency
                             * @enum {string}
                             */
                            kind: "currency" | "item";
                            /** @example gold */
                            asset: string;
                            /** @example 100 */
                            amount: number;
                        }[];
                    }[];
                    /** @description No occurrence begins from then on. */
                    ends_at?: string | null;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tournament": "weekly-cup",
                     *       "operator": "best",
                     *       "cron": "0 18 * * 5",
                     *       "duration_s": 7200,
                     *       "entry_s": 1800,
                     *       "max_entries": 1000,
                     *       "submit_by": "players",
                     *       "rewards": [
                     *         {
                     *           "from_rank": 1,
                     *           "to_rank": 3,
                     *           "grants": [
                     *             {
                     *               "kind": "currency",
                     *               "asset": "gold",
                     *               "amount": 100
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "ends_at": "2026-03-01T12:00:00Z",
                     *       "next_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a tournament.
                         * @example weekly-cup
                         */
                        tournament: string;
                        /**
                         * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                         * @example best
                         * @enum {string}
                         */
                        operator: "best" | "latest" | "sum";
                        /**
                         * @description When occurrences begin, as a cron expression of five parts in UTC.
                         * @example 0 18 * * 5
                         */
                        cron: string;
                        /**
                         * @description How long one takes.
                         * @example 7200
                         */
                        duration_s: number;
                        /** @example 1800 */
                        entry_s: number;
                        /** @example 1000 */
                        max_entries: number | null;
                        /**
                         * @example players
                         * @enum {string}
                         */
                        submit_by: "players" | "service";
                        /** @description What each rank of a range gets when the season has closed. */
                        rewards: {
                            /** @example 1 */
                            from_rank: number;
                            /** @example 3 */
                            to_rank: number;
                            grants: {
                                /**
                                 * @example currency
                                 * @enum {string}
                                 */
                                kind: "currency" | "item";
                                /** @example gold */
                                asset: string;
                                /** @example 100 */
                                amount: number;
                            }[];
                        }[];
                        ends_at: string | null;
                        /** @description When the next occurrence begins; null = it does not come again. */
                        next_at: string | null;
                    };
                };
            };
        };
    };
    postTournamentsByTournamentEnd: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tournament": "weekly-cup",
                     *       "next_at": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a tournament.
                         * @example weekly-cup
                         */
                        tournament: string;
                        next_at: null;
                    };
                };
            };
        };
    };
    getTournamentsByTournament: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tournament": "weekly-cup",
                     *       "operator": "best",
                     *       "cron": "0 18 * * 5",
                     *       "duration_s": 7200,
                     *       "entry_s": 1800,
                     *       "max_entries": 1000,
                     *       "submit_by": "players",
                     *       "rewards": [
                     *         {
                     *           "from_rank": 1,
                     *           "to_rank": 3,
                     *           "grants": [
                     *             {
                     *               "kind": "currency",
                     *               "asset": "gold",
                     *               "amount": 100
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "ends_at": "2026-03-01T12:00:00Z",
                     *       "next_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a tournament.
                         * @example weekly-cup
                         */
                        tournament: string;
                        /**
                         * @description How a new score meets the standing one: the better counts, the latest counts, or they add up.
                         * @example best
                         * @enum {string}
                         */
                        operator: "best" | "latest" | "sum";
                        /**
                         * @description When occurrences begin, as a cron expression of five parts in UTC.
                         * @example 0 18 * * 5
                         */
                        cron: string;
                        /**
                         * @description How long one takes.
                         * @example 7200
                         */
                        duration_s: number;
                        /** @example 1800 */
                        entry_s: number;
                        /** @example 1000 */
                        max_entries: number | null;
                        /**
                         * @example players
                         * @enum {string}
                         */
                        submit_by: "players" | "service";
                        /** @description What each rank of a range gets when the season has closed. */
                        rewards: {
                            /** @example 1 */
                            from_rank: number;
                            /** @example 3 */
                            to_rank: number;
                            grants: {
                                /**
                                 * @example currency
                                 * @enum {string}
                                 */
                                kind: "currency" | "item";
                                /** @example gold */
                                asset: string;
                                /** @example 100 */
                                amount: number;
                            }[];
                        }[];
                        ends_at: string | null;
                        /** @description When the next occurrence begins; null = it does not come again. */
                        next_at: string | null;
                    };
                };
            };
        };
    };
    getTournamentsByTournamentOccurrences: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "season": "spring-2026",
                     *           "opens_at": "2026-03-01T12:00:00Z",
                     *           "closes_at": "2026-03-01T12:00:00Z",
                     *           "entries_close_at": "2026-03-01T12:00:00Z",
                     *           "entries": 12,
                     *           "status": "open"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description Name of a season, or of an occurrence of a tournament.
                             * @example spring-2026
                             */
                            season: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            opens_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            closes_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            entries_close_at: string;
                            /**
                             * @description Players in it.
                             * @example 12
                             */
                            entries: number;
                            /**
                             * @description Whether scores count now.
                             * @example open
                             * @enum {string}
                             */
                            status: "scheduled" | "open" | "closed";
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postTournamentsByTournamentJoin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "season": "spring-2026"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                    };
                };
            };
        };
    };
    postTournamentsByTournamentScore: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "score": 1500,
                 *       "subscore": 0,
                 *       "metadata": {
                 *         "level": 3
                 *       },
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /** @example 1500 */
                    score: number;
                    /**
                     * @description Decides between equal scores; 0 when left out.
                     * @example 0
                     */
                    subscore?: number;
                    /**
                     * @description Anything about the attempt, up to 16 KiB of JSON; no personal data.
                     * @example {
                     *       "level": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
                    /**
                     * Format: uuid
                     * @description For services only: whose score it is.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id?: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "rank": 1,
                     *       "season": "spring-2026"
                     *     }
                     */
                    "application/json": {
                        /** @example 1 */
                        rank: number;
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                    };
                };
            };
        };
    };
    getTournamentsByTournamentLeaderboard: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /**
                 * @description Which occurrence; left out = the latest.
                 * @example spring-2026
                 */
                season?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description Name of a tournament.
                 * @example weekly-cup
                 */
                tournament: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "rank": 1,
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "display_name": "Ada",
                     *           "score": 1500,
                     *           "subscore": 1500,
                     *           "reached_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null,
                     *       "season": "spring-2026"
                     *     }
                     */
                    "application/json": {
                        entries: {
                            /** @example 1 */
                            rank: number;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /** @example Ada */
                            display_name: string | null;
                            /** @example 1500 */
                            score: number;
                            /** @example 1500 */
                            subscore: number;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            reached_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                    };
                };
            };
        };
    };
    postLeaderboardsBySeasonScore: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "score": 1500,
                 *       "subscore": 0,
                 *       "metadata": {
                 *         "level": 3
                 *       },
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /** @example 1500 */
                    score: number;
                    /**
                     * @description Decides between equal scores; 0 when left out.
                     * @example 0
                     */
                    subscore?: number;
                    /**
                     * @description Anything about the attempt, up to 16 KiB of JSON; no personal data.
                     * @example {
                     *       "level": 3
                     *     }
                     */
                    metadata?: {
                        [key: string]: unknown;
                    };
                    /**
                     * Format: uuid
                     * @description For services only: whose score it is.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id?: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "rank": 1
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description From 1, of the standing entry.
                         * @example 1
                         */
                        rank: number;
                    };
                };
            };
        };
    };
    postLeaderboardsBySeasonWithdraw: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "event_id": "5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * Format: uuid
                     * @description The event of the score.
                     * @example 5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a
                     */
                    event_id: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "season": "spring-2026",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "event_id": "5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a",
                     *       "withdrawn": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of a season, or of an occurrence of a tournament.
                         * @example spring-2026
                         */
                        season: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * Format: uuid
                         * @description The event of the score.
                         * @example 5f0c1a56-7c0e-4f5e-8f7d-0d5f4a3c2b1a
                         */
                        event_id: string;
                        /** @enum {boolean} */
                        withdrawn: true;
                    };
                };
            };
        };
    };
    getLeaderboardsBySeason: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "rank": 1,
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "display_name": "Ada",
                     *           "score": 1500,
                     *           "subscore": 1500,
                     *           "reached_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        entries: {
                            /** @example 1 */
                            rank: number;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /** @example Ada */
                            display_name: string | null;
                            /** @example 1500 */
                            score: number;
                            /** @example 1500 */
                            subscore: number;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            reached_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getLeaderboardsBySeasonAroundByPlayerId: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description Name of a season, or of an occurrence of a tournament.
                 * @example spring-2026
                 */
                season: string;
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "rank": 1,
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "display_name": "Ada",
                     *           "score": 1500,
                     *           "subscore": 1500,
                     *           "reached_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        entries: {
                            /** @example 1 */
                            rank: number;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /** @example Ada */
                            display_name: string | null;
                            /** @example 1500 */
                            score: number;
                            /** @example 1500 */
                            subscore: number;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            reached_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getDeadLetters: {
        parameters: {
            query?: {
                /** @example open */
                state?: "open" | "retrying" | "resolved" | "discarded";
                /**
                 * @description What filed it.
                 * @example psp
                 */
                source?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A dead letter: its source, a dot, and what it is about.
                 * @example psp.evt_1NG8Du
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "dead_letter_id": "psp.evt_1NG8Du",
                     *           "source": "psp",
                     *           "reason": "unparsable",
                     *           "attempts": 1,
                     *           "state": "open",
                     *           "retryable": true,
                     *           "filed_at": "2026-03-01T12:00:00Z",
                     *           "changed_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A dead letter: its source, a dot, and what it is about.
                             * @example psp.evt_1NG8Du
                             */
                            dead_letter_id: string;
                            /**
                             * @description What filed it.
                             * @example psp
                             */
                            source: string;
                            /**
                             * @description Why it could not be done, last time.
                             * @example unparsable
                             */
                            reason: string;
                            /** @example 1 */
                            attempts: number;
                            /**
                             * @example open
                             * @enum {string}
                             */
                            state: "open" | "retrying" | "resolved" | "discarded";
                            /**
                             * @description Whether there is a way to do it again.
                             * @example true
                             */
                            retryable: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            filed_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            changed_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getDeadLettersByDeadLetterId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A dead letter: its source, a dot, and what it is about.
                 * @example psp.evt_1NG8Du
                 */
                dead_letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dead_letter_id": "psp.evt_1NG8Du",
                     *       "source": "psp",
                     *       "reason": "unparsable",
                     *       "attempts": 1,
                     *       "state": "open",
                     *       "retryable": true,
                     *       "filed_at": "2026-03-01T12:00:00Z",
                     *       "changed_at": "2026-03-01T12:00:00Z",
                     *       "payload": {
                     *         "body": "{\"id\":\"evt_1NG8Du\""
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A dead letter: its source, a dot, and what it is about.
                         * @example psp.evt_1NG8Du
                         */
                        dead_letter_id: string;
                        /**
                         * @description What filed it.
                         * @example psp
                         */
                        source: string;
                        /**
                         * @description Why it could not be done, last time.
                         * @example unparsable
                         */
                        reason: string;
                        /** @example 1 */
                        attempts: number;
                        /**
                         * @example open
                         * @enum {string}
                         */
                        state: "open" | "retrying" | "resolved" | "discarded";
                        /**
                         * @description Whether there is a way to do it again.
                         * @example true
                         */
                        retryable: boolean;
                        /**
                         * Format: date-time
                         * @example 2026-03-01T12:00:00Z
                         */
                        filed_at: string;
                        /**
                         * Format: date-time
                         * @example 2026-03-01T12:00:00Z
                         */
                        changed_at: string;
                        /**
                         * @description What a retry works with; null once the letter is settled.
                         * @example {
                         *       "body": "{\"id\":\"evt_1NG8Du\""
                         *     }
                         */
                        payload: {
                            [key: string]: unknown;
                        } | null;
                    };
                };
            };
        };
    };
    postDeadLettersByDeadLetterIdRetry: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A dead letter: its source, a dot, and what it is about.
                 * @example psp.evt_1NG8Du
                 */
                dead_letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dead_letter_id": "psp.evt_1NG8Du",
                     *       "state": "retrying"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A dead letter: its source, a dot, and what it is about.
                         * @example psp.evt_1NG8Du
                         */
                        dead_letter_id: string;
                        /** @enum {string} */
                        state: "retrying";
                    };
                };
            };
        };
    };
    postDeadLettersByDeadLetterIdDiscard: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A dead letter: its source, a dot, and what it is about.
                 * @example psp.evt_1NG8Du
                 */
                dead_letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dead_letter_id": "psp.evt_1NG8Du",
                     *       "state": "discarded"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A dead letter: its source, a dot, and what it is about.
                         * @example psp.evt_1NG8Du
                         */
                        dead_letter_id: string;
                        /** @enum {string} */
                        state: "discarded";
                    };
                };
            };
        };
    };
    getProducts: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A product.
                 * @example gems-500
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "product_id": "gems-500",
                     *           "name": "500 gems",
                     *           "price": {
                     *             "amount": 499,
                     *             "currency": "EUR"
                     *           },
                     *           "grants": {
                     *             "items": [
                     *               {
                     *                 "item": "sword-of-dawn",
                     *                 "quantity": 1
                     *               }
                     *             ],
                     *             "currencies": [
                     *               {
                     *                 "currency": "gems",
                     *                 "amount": 500
                     *               }
                     *             ]
                     *           },
                     *           "status": "on_sale"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A product.
                             * @example gems-500
                             */
                            product_id: string;
                            /**
                             * @description For people.
                             * @example 500 gems
                             */
                            name: string;
                            /** @description What one pays. */
                            price: {
                                /**
                                 * @description Minor units, such as cents.
                                 * @example 499
                                 */
                                amount: number;
                                /**
                                 * @description ISO 4217.
                                 * @example EUR
                                 */
                                currency: string;
                            };
                            /**
                             * @description What the player gets.
                             * @example {
                             *       "items": [
                             *         {
                             *           "item": "sword-of-dawn",
                             *           "quantity": 1
                             *         }
                             *       ],
                             *       "currencies": [
                             *         {
                             *           "currency": "gems",
                             *           "amount": 500
                             *         }
                             *       ]
                             *     }
                             */
                            grants: {
                                /** @default [] */
                                items: {
                                    /**
                                     * @description Name of an item.
                                     * @example sword-of-dawn
                                     */
                                    item: string;
                                    /** @example 1 */
                                    quantity: number;
                                }[];
                                /** @default [] */
                                currencies: {
                                    /**
                                     * @description Name of a wallet currency.
                                     * @example gems
                                     */
                                    currency: string;
                                    /** @example 500 */
                                    amount: number;
                                }[];
                            };
                            /** @enum {string} */
                            status: "on_sale" | "retired";
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    putProductsByProductId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A product.
                 * @example gems-500
                 */
                product_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "500 gems",
                 *       "price": {
                 *         "amount": 499,
                 *         "currency": "EUR"
                 *       },
                 *       "grants": {
                 *         "items": [
                 *           {
                 *             "item": "sword-of-dawn",
                 *             "quantity": 1
                 *           }
                 *         ],
                 *         "currencies": [
                 *           {
                 *             "currency": "gems",
                 *             "amount": 500
                 *           }
                 *         ]
                 *       },
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description For people.
                     * @example 500 gems
                     */
                    name: string;
                    /** @description What one pays. */
                    price: {
                        /**
                         * @description Minor units, such as cents.
                         * @example 499
                         */
                        amount: number;
                        /**
                         * @description ISO 4217.
                         * @example EUR
                         */
                        currency: string;
                    };
                    /**
                     * @description What the player gets.
                     * @example {
                     *       "items": [
                     *         {
                     *           "item": "sword-of-dawn",
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "currencies": [
                     *         {
                     *           "currency": "gems",
                     *           "amount": 500
                     *         }
                     *       ]
                     *     }
                     */
                    grants: {
                        /** @default [] */
                        items?: {
                            /**
                             * @description Name of an item.
                             * @example sword-of-dawn
                             */
                            item: string;
                            /** @example 1 */
                            quantity: number;
                        }[];
                        /** @default [] */
                        currencies?: {
                            /**
                             * @description Name of a wallet currency.
                             * @example gems
                             */
                            currency: string;
                            /** @example 500 */
                            amount: number;
                        }[];
                    };
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "gems-500",
                     *       "name": "500 gems",
                     *       "price": {
                     *         "amount": 499,
                     *         "currency": "EUR"
                     *       },
                     *       "grants": {
                     *         "items": [
                     *           {
                     *             "item": "sword-of-dawn",
                     *             "quantity": 1
                     *           }
                     *         ],
                     *         "currencies": [
                     *           {
                     *             "currency": "gems",
                     *             "amount": 500
                     *           }
                     *         ]
                     *       },
                     *       "status": "on_sale"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A product.
                         * @example gems-500
                         */
                        product_id: string;
                        /**
                         * @description For people.
                         * @example 500 gems
                         */
                        name: string;
                        /** @description What one pays. */
                        price: {
                            /**
                             * @description Minor units, such as cents.
                             * @example 499
                             */
                            amount: number;
                            /**
                             * @description ISO 4217.
                             * @example EUR
                             */
                            currency: string;
                        };
                        /**
                         * @description What the player gets.
                         * @example {
                         *       "items": [
                         *         {
                         *           "item": "sword-of-dawn",
                         *           "quantity": 1
                         *         }
                         *       ],
                         *       "currencies": [
                         *         {
                         *           "currency": "gems",
                         *           "amount": 500
                         *         }
                         *       ]
                         *     }
                         */
                        grants: {
                            /** @default [] */
                            items: {
                                /**
                                 * @description Name of an item.
                                 * @example sword-of-dawn
                                 */
                                item: string;
                                /** @example 1 */
                                quantity: number;
                            }[];
                            /** @default [] */
                            currencies: {
                                /**
                                 * @description Name of a wallet currency.
                                 * @example gems
                                 */
                                currency: string;
                                /** @example 500 */
                                amount: number;
                            }[];
                        };
                        /** @enum {string} */
                        status: "on_sale" | "retired";
                    };
                };
            };
        };
    };
    deleteProductsByProductId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A product.
                 * @example gems-500
                 */
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPurchases: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "purchase_id": "4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11",
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "product_id": "gems-500",
                     *           "store": "test",
                     *           "status": "validated",
                     *           "refusal": null,
                     *           "price": {
                     *             "amount": 499,
                     *             "currency": "EUR"
                     *           },
                     *           "created_at": "2026-03-01T12:00:00Z",
                     *           "reversed_at": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A purchase.
                             * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                             */
                            purchase_id: string;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /**
                             * @description A product.
                             * @example gems-500
                             */
                            product_id: string;
                            /**
                             * @description Name of the store that was paid.
                             * @example test
                             */
                            store: string;
                            /** @enum {string} */
                            status: "validated" | "refused" | "refunded" | "charged_back";
                            /**
                             * @description Why the receipt was refused.
                             * @example null
                             */
                            refusal: ("invalid" | "of_another_product" | "already_used" | "revoked") | null;
                            price: {
                                /**
                                 * @description Minor units, such as cents.
                                 * @example 499
                                 */
                                amount: number;
                                /**
                                 * @description ISO 4217.
                                 * @example EUR
                                 */
                                currency: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            created_at: string;
                            /**
                             * @description When it was refunded or charged back.
                             * @example null
                             */
                            reversed_at: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postPurchases: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "gems-500",
                 *       "store": "test",
                 *       "receipt": "eyJ0ZW5hbnQiOiJkZWZhdWx0In0.c2lnbmF0dXJl",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A product.
                     * @example gems-500
                     */
                    product_id: string;
                    /**
                     * @description Name of the store that was paid.
                     * @example test
                     */
                    store: string;
                    /**
                     * @description As the store gave it; for the test store see `npx sandai receipt --help`.
                     * @example eyJ0ZW5hbnQiOiJkZWZhdWx0In0.c2lnbmF0dXJl
                     */
                    receipt: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "purchase_id": "4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11",
                     *       "status": "validated"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A purchase.
                         * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                         */
                        purchase_id: string;
                        /** @enum {string} */
                        status: "validated";
                    };
                };
            };
        };
    };
    getPurchasesByPurchaseId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A purchase.
                 * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                 */
                purchase_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "purchase_id": "4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "product_id": "gems-500",
                     *       "store": "test",
                     *       "status": "validated",
                     *       "refusal": null,
                     *       "price": {
                     *         "amount": 499,
                     *         "currency": "EUR"
                     *       },
                     *       "created_at": "2026-03-01T12:00:00Z",
                     *       "reversed_at": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A purchase.
                         * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                         */
                        purchase_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description A product.
                         * @example gems-500
                         */
                        product_id: string;
                        /**
                         * @description Name of the store that was paid.
                         * @example test
                         */
                        store: string;
                        /** @enum {string} */
                        status: "validated" | "refused" | "refunded" | "charged_back";
                        /**
                         * @description Why the receipt was refused.
                         * @example null
                         */
                        refusal: ("invalid" | "of_another_product" | "already_used" | "revoked") | null;
                        price: {
                            /**
                             * @description Minor units, such as cents.
                             * @example 499
                             */
                            amount: number;
                            /**
                             * @description ISO 4217.
                             * @example EUR
                             */
                            currency: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @example 2026-03-01T12:00:00Z
                         */
                        created_at: string;
                        /**
                         * @description When it was refunded or charged back.
                         * @example null
                         */
                        reversed_at: string | null;
                    };
                };
            };
        };
    };
    postPurchasesByPurchaseIdRefund: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A purchase.
                 * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                 */
                purchase_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "purchase_id": "4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11",
                     *       "status": "refunded"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A purchase.
                         * @example 4c6f2f0e-3a0f-4d2e-8a64-1f0d5d9b7c11
                         */
                        purchase_id: string;
                        /** @enum {string} */
                        status: "refunded" | "charged_back";
                    };
                };
            };
        };
    };
    getInventory: {
        parameters: {
            query?: {
                /**
                 * @description Whose it is; players read their own and leave it out.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "items": [
                     *         {
                     *           "item": "sword-of-dawn",
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "currencies": [
                     *         {
                     *           "currency": "gems",
                     *           "balance": 380
                     *         }
                     *       ],
                     *       "entries": [
                     *         {
                     *           "entry": 17,
                     *           "cause": {
                     *             "kind": "purchase",
                     *             "ref": "match-4711"
                     *           },
                     *           "changes": [
                     *             {
                     *               "kind": "currency",
                     *               "name": "gems",
                     *               "amount": -120,
                     *               "balance": 380
                     *             }
                     *           ],
                     *           "posted_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        items: {
                            /**
                             * @description Name of an item.
                             * @example sword-of-dawn
                             */
                            item: string;
                            /**
                             * @description Below 0: owed, because it was spent before its purchase was taken back.
                             * @example 1
                             */
                            quantity: number;
                        }[];
                        currencies: {
                            /**
                             * @description Name of a wallet currency.
                             * @example gems
                             */
                            currency: string;
                            /**
                             * @description Below 0: owed, because it was spent before its purchase was taken back.
                             * @example 380
                             */
                            balance: number;
                        }[];
                        entries: {
                            /**
                             * @description Number of the entry, from 1 without a gap.
                             * @example 17
                             */
                            entry: number;
                            cause: {
                                /** @enum {string} */
                                kind: "purchase" | "refund" | "chargeback" | "reward" | "adjustment" | "spending";
                                /**
                                 * @description What it was for, such as the purchase.
                                 * @example match-4711
                                 */
                                ref: string;
                            };
                            /**
                             * @example [
                             *       {
                             *         "kind": "currency",
                             *         "name": "gems",
                             *         "amount": -120,
                             *         "balance": 380
                             *       }
                             *     ]
                             */
                            changes: {
                                /** @enum {string} */
                                kind: "currency" | "item";
                                name: string;
                                /**
                                 * @description Below 0: it was taken.
                                 * @example -120
                                 */
                                amount: number;
                                /**
                                 * @description What the player had of it then.
                                 * @example 380
                                 */
                                balance: number;
                            }[];
                            /** Format: date-time */
                            posted_at: string;
                        }[];
                    };
                };
            };
        };
    };
    getInventoryEntries: {
        parameters: {
            query?: {
                /**
                 * @description Whose it is; players read their own and leave it out.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @example 18 */
                cursor?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "entry": 17,
                     *           "cause": {
                     *             "kind": "purchase",
                     *             "ref": "match-4711"
                     *           },
                     *           "changes": [
                     *             {
                     *               "kind": "currency",
                     *               "name": "gems",
                     *               "amount": -120,
                     *               "balance": 380
                     *             }
                     *           ],
                     *           "posted_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        entries: {
                            /**
                             * @description Number of the entry, from 1 without a gap.
                             * @example 17
                             */
                            entry: number;
                            cause: {
                                /** @enum {string} */
                                kind: "purchase" | "refund" | "chargeback" | "reward" | "adjustment" | "spending";
                                /**
                                 * @description What it was for, such as the purchase.
                                 * @example match-4711
                                 */
                                ref: string;
                            };
                            /**
                             * @example [
                             *       {
                             *         "kind": "currency",
                             *         "name": "gems",
                             *         "amount": -120,
                             *         "balance": 380
                             *       }
                             *     ]
                             */
                            changes: {
                                /** @enum {string} */
                                kind: "currency" | "item";
                                name: string;
                                /**
                                 * @description Below 0: it was taken.
                                 * @example -120
                                 */
                                amount: number;
                                /**
                                 * @description What the player had of it then.
                                 * @example 380
                                 */
                                balance: number;
                            }[];
                            /** Format: date-time */
                            posted_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postInventoryEntries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "give": {
                 *         "items": [
                 *           {
                 *             "item": "sword-of-dawn",
                 *             "quantity": 1
                 *           }
                 *         ],
                 *         "currencies": []
                 *       },
                 *       "take": {
                 *         "items": [],
                 *         "currencies": [
                 *           {
                 *             "currency": "gems",
                 *             "amount": 120
                 *           }
                 *         ]
                 *       },
                 *       "ref": "match-4711",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @default {
                     *       "items": [],
                     *       "currencies": []
                     *     }
                     * @example {
                     *       "items": [
                     *         {
                     *           "item": "sword-of-dawn",
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "currencies": []
                     *     }
                     */
                    give?: {
                        /** @default [] */
                        items?: {
                            /**
                             * @description Name of an item.
                             * @example sword-of-dawn
                             */
                            item: string;
                            /** @example 1 */
                            quantity: number;
                        }[];
                        /** @default [] */
                        currencies?: {
                            /**
                             * @description Name of a wallet currency.
                             * @example gems
                             */
                            currency: string;
                            /** @example 500 */
                            amount: number;
                        }[];
                    };
                    /**
                     * @default {
                     *       "items": [],
                     *       "currencies": []
                     *     }
                     * @example {
                     *       "items": [],
                     *       "currencies": [
                     *         {
                     *           "currency": "gems",
                     *           "amount": 120
                     *         }
                     *       ]
                     *     }
                     */
                    take?: {
                        /** @default [] */
                        items?: {
                            /**
                             * @description Name of an item.
                             * @example sword-of-dawn
                             */
                            item: string;
                            /** @example 1 */
                            quantity: number;
                        }[];
                        /** @default [] */
                        currencies?: {
                            /**
                             * @description Name of a wallet currency.
                             * @example gems
                             */
                            currency: string;
                            /** @example 500 */
                            amount: number;
                        }[];
                    };
                    /**
                     * @description What it is for.
                     * @example match-4711
                     */
                    ref: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "items": [
                     *         {
                     *           "item": "sword-of-dawn",
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "currencies": [
                     *         {
                     *           "currency": "gems",
                     *           "balance": 380
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        items: {
                            /**
                             * @description Name of an item.
                             * @example sword-of-dawn
                             */
                            item: string;
                            /**
                             * @description Below 0: owed, because it was spent before its purchase was taken back.
                             * @example 1
                             */
                            quantity: number;
                        }[];
                        currencies: {
                            /**
                             * @description Name of a wallet currency.
                             * @example gems
                             */
                            currency: string;
                            /**
                             * @description Below 0: owed, because it was spent before its purchase was taken back.
                             * @example 380
                             */
                            balance: number;
                        }[];
                    };
                };
            };
        };
    };
    postBotWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @example a-secret-of-16-to-256-letters */
                "x-telegram-bot-api-secret-token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description An update as Telegram sends it; what is not listed is ignored. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "update_id": 700000001,
                 *       "message": {
                 *         "text": "/rank spring-2026",
                 *         "chat": {
                 *           "id": 4711,
                 *           "type": "private"
                 *         },
                 *         "from": {
                 *           "id": 4711,
                 *           "is_bot": false
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Counts once, for ever.
                     * @example 700000001
                     */
                    update_id: number;
                    /** @description A message. Updates of other kinds are taken and nothing is done. */
                    message?: {
                        /** @example /rank spring-2026 */
                        text?: string;
                        chat: {
                            id: number;
                            type?: string;
                        } & {
                            [key: string]: unknown;
                        };
                        from?: {
                            id: number;
                            is_bot?: boolean;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postBotLinkCodes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "K7WQ2MPX4R",
                     *       "expires_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /** @example K7WQ2MPX4R */
                        code: string;
                        /**
                         * Format: date-time
                         * @example 2026-03-01T12:00:00Z
                         */
                        expires_at: string;
                    };
                };
            };
        };
    };
    getBotCommands: {
        parameters: {
            query?: {
                /**
                 * @description `failed` is tried again, `dead` is not.
                 * @example done
                 */
                status?: "queued" | "failed" | "done" | "dead";
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "bot": "main",
                     *           "update_id": 700000001,
                     *           "command": "rank",
                     *           "status": "done",
                     *           "attempts": 0,
                     *           "reason": "answered",
                     *           "reply": "sent",
                     *           "queued_at": "2026-03-01T12:00:00Z",
                     *           "due_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A bot of the tenant.
                             * @example main
                             */
                            bot: string;
                            /** @example 700000001 */
                            update_id: number;
                            /** @example rank */
                            command: string;
                            /**
                             * @description `failed` is tried again, `dead` is not.
                             * @example done
                             * @enum {string}
                             */
                            status: "queued" | "failed" | "done" | "dead";
                            /**
                             * @description Failed ones.
                             * @example 0
                             */
                            attempts: number;
                            /**
                             * @description What it came to, or why it failed last.
                             * @example answered
                             */
                            reason: string | null;
                            /**
                             * @description `recorded`: there is no bot token, so nobody got the answer.
                             * @example sent
                             */
                            reply: ("sent" | "recorded" | "none") | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            queued_at: string;
                            /** @description When it is tried next. */
                            due_at: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postBotCommandsByBotByUpdateIdRetry: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A bot of the tenant.
                 * @example main
                 */
                bot: string;
                /** @example 700000001 */
                update_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bot": "main",
                     *       "update_id": 700000001,
                     *       "status": "queued"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A bot of the tenant.
                         * @example main
                         */
                        bot: string;
                        /** @example 700000001 */
                        update_id: number;
                        /** @enum {string} */
                        status: "queued";
                    };
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "notification_id": "3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64",
                     *           "title": "Hello",
                     *           "content": "Two days are left, Ada.",
                     *           "read": true,
                     *           "created_at": "2026-03-01T12:00:00Z",
                     *           "expires_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A notification.
                             * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                             */
                            notification_id: string;
                            /**
                             * @description null when the player's data was erased.
                             * @example Hello
                             */
                            title: string | null;
                            /** @example Two days are left, Ada. */
                            content: string | null;
                            read: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            expires_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postNotifications: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_ids": [
                 *         "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                 *       ],
                 *       "title": "The spring season ends",
                 *       "content": "Two days are left, Ada.",
                 *       "template": "season-ends",
                 *       "variables": {
                 *         "season": "spring"
                 *       },
                 *       "channels": [
                 *         "in_app"
                 *       ],
                 *       "ttl": 604800,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 players. */
                    player_ids: string[];
                    /**
                     * @description Title, at most 120 characters.
                     * @example The spring season ends
                     */
                    title?: string;
                    /**
                     * @description Text, at most 1500 characters.
                     * @example Two days are left, Ada.
                     */
                    content?: string;
                    /**
                     * @description A template.
                     * @example season-ends
                     */
                    template?: string;
                    /**
                     * @description Words for the places of the template.
                     * @example {
                     *       "season": "spring"
                     *     }
                     */
                    variables?: {
                        [key: string]: string;
                    };
                    /** @description Left out = all. */
                    channels?: ("in_app" | "email" | "push")[];
                    /**
                     * @description Seconds after which it is neither shown nor sent any more.
                     * @example 604800
                     */
                    ttl: number;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notification_id": "3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64",
                     *       "status": "queued"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A notification.
                         * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                         */
                        notification_id: string;
                        /** @enum {string} */
                        status: "queued";
                    };
                };
            };
        };
    };
    postNotificationsByNotificationIdRead: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A notification.
                 * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                 */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notification_id": "3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64",
                     *       "read": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A notification.
                         * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                         */
                        notification_id: string;
                        /** @enum {boolean} */
                        read: true;
                    };
                };
            };
        };
    };
    postNotificationsRead: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "read": 3,
                     *       "more": true
                     *     }
                     */
                    "application/json": {
                        /** @example 3 */
                        read: number;
                        more: boolean;
                    };
                };
            };
        };
    };
    deleteNotificationsByNotificationId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A notification.
                 * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                 */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getNotificationsPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "in_app": true,
                     *       "email": true,
                     *       "push": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Shown in the game.
                         * @example true
                         */
                        in_app: boolean;
                        /**
                         * @description Sent by e-mail, where an address is known.
                         * @example true
                         */
                        email: boolean;
                        /**
                         * @description Sent to the player's devices.
                         * @example true
                         */
                        push: boolean;
                    };
                };
            };
        };
    };
    putNotificationsPreferences: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "in_app": true,
                 *       "email": true,
                 *       "push": true,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Shown in the game.
                     * @example true
                     */
                    in_app: boolean;
                    /**
                     * @description Sent by e-mail, where an address is known.
                     * @example true
                     */
                    email: boolean;
                    /**
                     * @description Sent to the player's devices.
                     * @example true
                     */
                    push: boolean;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "in_app": true,
                     *       "email": true,
                     *       "push": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Shown in the game.
                         * @example true
                         */
                        in_app: boolean;
                        /**
                         * @description Sent by e-mail, where an address is known.
                         * @example true
                         */
                        email: boolean;
                        /**
                         * @description Sent to the player's devices.
                         * @example true
                         */
                        push: boolean;
                    };
                };
            };
        };
    };
    getNotificationsByNotificationIdSendings: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A notification.
                 * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                 */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "channel": "email",
                     *           "status": "sent",
                     *           "attempts": 0,
                     *           "reason": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /**
                             * @example email
                             * @enum {string}
                             */
                            channel: "email" | "push";
                            /**
                             * @example sent
                             * @enum {string}
                             */
                            status: "pending" | "sent" | "dead" | "skipped";
                            /**
                             * @description Failed ones.
                             * @example 0
                             */
                            attempts: number;
                            /**
                             * @description `recorded`: no gateway is configured, so nobody got it.
                             * @example null
                             */
                            reason: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postNotificationsByNotificationIdSendingsRetry: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A notification.
                 * @example 3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64
                 */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "channel": "email",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @example email
                     * @enum {string}
                     */
                    channel: "email" | "push";
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "pending"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "pending";
                    };
                };
            };
        };
    };
    getNotificationsTemplates: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A template.
                 * @example season-ends
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "template": "season-ends",
                     *           "title": "The spring season ends",
                     *           "content": "Two days are left, Ada."
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A template.
                             * @example season-ends
                             */
                            template: string;
                            /**
                             * @description Title, at most 120 characters.
                             * @example The spring season ends
                             */
                            title: string;
                            /**
                             * @description Text, at most 1500 characters.
                             * @example Two days are left, Ada.
                             */
                            content: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    putNotificationsTemplatesByTemplate: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A template.
                 * @example season-ends
                 */
                template: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "The spring season ends",
                 *       "content": "Two days are left, Ada.",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Title, at most 120 characters.
                     * @example The spring season ends
                     */
                    title: string;
                    /**
                     * @description Text, at most 1500 characters.
                     * @example Two days are left, Ada.
                     */
                    content: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "template": "season-ends",
                     *       "title": "The spring season ends",
                     *       "content": "Two days are left, Ada."
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A template.
                         * @example season-ends
                         */
                        template: string;
                        /**
                         * @description Title, at most 120 characters.
                         * @example The spring season ends
                         */
                        title: string;
                        /**
                         * @description Text, at most 1500 characters.
                         * @example Two days are left, Ada.
                         */
                        content: string;
                    };
                };
            };
        };
    };
    deleteNotificationsTemplatesByTemplate: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A template.
                 * @example season-ends
                 */
                template: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postMatchmakingEnqueue: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "skill": 1200,
                 *       "modes": [
                 *         "duo"
                 *       ],
                 *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How strong the player or the party is.
                     * @example 1200
                     */
                    skill: number;
                    /**
                     * @description Modes that are welcome, the dearest first.
                     * @example [
                     *       "duo"
                     *     ]
                     */
                    modes: string[];
                    /**
                     * Format: uuid
                     * @description Queue with all members of this party, who then play in one team.
                     * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                     */
                    party_id?: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": "9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A ticket of the matchmaker.
                         * @example 9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f
                         */
                        ticket: string;
                    };
                };
            };
        };
    };
    getMatchmaking: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "queued",
                     *       "ticket": "9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f",
                     *       "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @example queued
                         * @enum {string}
                         */
                        status: "free" | "queued" | "playing";
                        /**
                         * Format: uuid
                         * @description A ticket of the matchmaker.
                         * @example 9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f
                         */
                        ticket?: string;
                        /**
                         * Format: uuid
                         * @description A match.
                         * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                         */
                        match_id?: string;
                    };
                };
            };
        };
    };
    getMatchmakingByTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A ticket of the matchmaker.
                 * @example 9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f
                 */
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "matched",
                     *       "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description What became of the ticket.
                         * @example matched
                         * @enum {string}
                         */
                        status: "queued" | "matched" | "cancelled" | "expired";
                        /**
                         * Format: uuid
                         * @description A match.
                         * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                         */
                        match_id?: string;
                    };
                };
            };
        };
    };
    deleteMatchmakingByTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A ticket of the matchmaker.
                 * @example 9c2f7a10-5d4e-4b8a-9f31-2a6b7c8d9e0f
                 */
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postMatchesByMatchIdCommand: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A match.
                 * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                 */
                match_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "command": "attack",
                 *       "payload": {
                 *         "target_player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *         "strength": 3
                 *       },
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description `ready`, `move`, `attack`, `use_item` or `surrender`.
                     * @example attack
                     */
                    command: string;
                    /**
                     * @description `move` has `x` and `y`, or a `direction`; `attack` may name an opponent in `target_player_id`; `use_item` names the `item`. Further fields are kept as they are. Up to 4 KiB of JSON; no personal data.
                     * @default {}
                     * @example {
                     *       "target_player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "strength": 3
                     *     }
                     */
                    payload?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
    postMatchesByMatchIdResult: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A match.
                 * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                 */
                match_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "teams": [
                 *         {
                 *           "team": 1,
                 *           "place": 2
                 *         },
                 *         {
                 *           "team": 2,
                 *           "place": 1
                 *         }
                 *       ],
                 *       "scores": [],
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Each team of the match.
                     * @example [
                     *       {
                     *         "team": 1,
                     *         "place": 2
                     *       },
                     *       {
                     *         "team": 2,
                     *         "place": 1
                     *       }
                     *     ]
                     */
                    teams: {
                        /**
                         * @description Number of a team, from 1.
                         * @example 1
                         */
                        team: number;
                        /**
                         * @description From 1; teams that share a place drew.
                         * @example 1
                         */
                        place: number;
                    }[];
                    /**
                     * @description Points of single players; those left out have 0.
                     * @default []
                     */
                    scores?: {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /** @example 12 */
                        score: number;
                    }[];
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f",
                     *       "status": "ended"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A match.
                         * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                         */
                        match_id: string;
                        /** @enum {string} */
                        status: "ended";
                    };
                };
            };
        };
    };
    getMatches: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f",
                     *           "mode": "duo",
                     *           "team": 1,
                     *           "status": "running",
                     *           "started_at": "2026-03-01T12:00:00Z",
                     *           "outcome": "won",
                     *           "score": 12
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A match.
                             * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                             */
                            match_id: string;
                            /**
                             * @description A way to play.
                             * @example duo
                             */
                            mode: string;
                            /**
                             * @description Number of a team, from 1.
                             * @example 1
                             */
                            team: number;
                            /**
                             * @example running
                             * @enum {string}
                             */
                            status: "running" | "ended";
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            started_at: string;
                            outcome: ("won" | "lost" | "drawn") | null;
                            score: number | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getMatchesByMatchId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A match.
                 * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                 */
                match_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "match_id": "4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f",
                     *       "mode": "duo",
                     *       "status": "running",
                     *       "tick": 7,
                     *       "ends_by": "2026-03-01T12:00:00Z",
                     *       "teams": [
                     *         {
                     *           "team": 1,
                     *           "players": [
                     *             {
                     *               "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *               "ready": true,
                     *               "surrendered": true
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "result": {
                     *         "end": "surrender",
                     *         "teams": [
                     *           {
                     *             "team": 1,
                     *             "place": 1,
                     *             "outcome": "won",
                     *             "players": [
                     *               {
                     *                 "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *                 "score": 12
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A match.
                         * @example 4e1d2c3b-6a5f-4e7d-8c9b-0a1b2c3d4e5f
                         */
                        match_id: string;
                        /**
                         * @description A way to play.
                         * @example duo
                         */
                        mode: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "running" | "ended";
                        /**
                         * @description Commands accepted so far.
                         * @example 7
                         */
                        tick: number;
                        /**
                         * Format: date-time
                         * @example 2026-03-01T12:00:00Z
                         */
                        ends_by: string;
                        teams: {
                            /**
                             * @description Number of a team, from 1.
                             * @example 1
                             */
                            team: number;
                            players: {
                                /**
                                 * Format: uuid
                                 * @description A player.
                                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                                 */
                                player_id: string;
                                ready: boolean;
                                surrendered: boolean;
                            }[];
                        }[];
                        result: {
                            /**
                             * @description How the match ended.
                             * @example surrender
                             * @enum {string}
                             */
                            end: "surrender" | "reported" | "deadline";
                            teams: {
                                /**
                                 * @description Number of a team, from 1.
                                 * @example 1
                                 */
                                team: number;
                                /**
                                 * @description From 1; teams that share a place drew.
                                 * @example 1
                                 */
                                place: number;
                                /**
                                 * @example won
                                 * @enum {string}
                                 */
                                outcome: "won" | "lost" | "drawn";
                                players: {
                                    /**
                                     * Format: uuid
                                     * @description A player.
                                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                                     */
                                    player_id: string;
                                    /** @example 12 */
                                    score: number;
                                }[];
                            }[];
                        } | null;
                    };
                };
            };
        };
    };
    getAnalyticsEvents: {
        parameters: {
            query?: {
                /**
                 * @description What happened. Not personal: it is stored in clear.
                 * @example level_completed
                 */
                name?: string;
                /**
                 * @description Happened then or later.
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Happened before.
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
                /** @example tutorial-length */
                experiment?: string;
                /**
                 * @description A cohort of the experiment.
                 * @example short
                 */
                cohort?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "88888888-8888-4888-8888-888888888888",
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "name": "level_completed",
                     *           "at": "2026-03-01T12:00:00Z",
                     *           "device_at": "2026-03-01T12:00:00Z",
                     *           "received_at": "2026-03-01T12:00:00Z",
                     *           "measures": {
                     *             "level": 12,
                     *             "seconds": 41.5
                     *           },
                     *           "properties": {
                     *             "map": "desert"
                     *           },
                     *           "experiment": "tutorial-length",
                     *           "cohort": "short"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description Chosen by the client, the same whenever it tells of the event again. Left out, a new one is made.
                             * @example 88888888-8888-4888-8888-888888888888
                             */
                            event_id: string;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /**
                             * @description What happened. Not personal: it is stored in clear.
                             * @example level_completed
                             */
                            name: string;
                            /**
                             * Format: date-time
                             * @description When it happened, by our clock.
                             * @example 2026-03-01T12:00:00Z
                             */
                            at: string;
                            /**
                             * Format: date-time
                             * @description When it happened, by the clock of the device.
                             * @example 2026-03-01T12:00:00Z
                             */
                            device_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            received_at: string;
                            /**
                             * @description Numbers to add up and compare; operators may declare which. Stored in clear, also after the player is erased: nothing that says who somebody is.
                             * @example {
                             *       "level": 12,
                             *       "seconds": 41.5
                             *     }
                             */
                            measures: {
                                [key: string]: number;
                            };
                            /**
                             * @description null where there were none, or the player's data was erased.
                             * @example {
                             *       "map": "desert"
                             *     }
                             */
                            properties: {
                                [key: string]: unknown;
                            } | null;
                            experiment: string | null;
                            /** @example short */
                            cohort: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postAnalyticsEvents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "event_id": "88888888-8888-4888-8888-888888888888",
                 *           "name": "level_completed",
                 *           "at": "2026-03-01T12:00:00Z",
                 *           "measures": {
                 *             "level": 12,
                 *             "seconds": 41.5
                 *           },
                 *           "properties": {
                 *             "map": "desert",
                 *             "weapons": [
                 *               "bow",
                 *               "dagger"
                 *             ]
                 *           },
                 *           "experiment": "tutorial-length",
                 *           "cohort": "short"
                 *         }
                 *       ],
                 *       "sent_at": "2026-03-01T12:00:00Z",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 events. */
                    events: {
                        /**
                         * Format: uuid
                         * @description Chosen by the client, the same whenever it tells of the event again. Left out, a new one is made.
                         * @example 88888888-8888-4888-8888-888888888888
                         */
                        event_id?: string;
                        /**
                         * @description What happened. Not personal: it is stored in clear.
                         * @example level_completed
                         */
                        name: string;
                        /**
                         * Format: date-time
                         * @description When it happened, by the clock of the device.
                         * @example 2026-03-01T12:00:00Z
                         */
                        at: string;
                        /**
                         * @description Numbers to add up and compare; operators may declare which. Stored in clear, also after the player is erased: nothing that says who somebody is.
                         * @example {
                         *       "level": 12,
                         *       "seconds": 41.5
                         *     }
                         */
                        measures?: {
                            [key: string]: number;
                        };
                        /**
                         * @description Whatever else is known, at most 4096 bytes of JSON and 16 deep. Stored encrypted with the player's key, and gone when the player is erased.
                         * @example {
                         *       "map": "desert",
                         *       "weapons": [
                         *         "bow",
                         *         "dagger"
                         *       ]
                         *     }
                         */
                        properties?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description An experiment that the player was in.
                         * @example tutorial-length
                         */
                        experiment?: string;
                        /**
                         * @description In which of its cohorts.
                         * @example short
                         */
                        cohort?: string;
                    }[];
                    /**
                     * Format: date-time
                     * @description The time of sending, by the clock of the device.
                     * @example 2026-03-01T12:00:00Z
                     */
                    sent_at?: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 1
                     *     }
                     */
                    "application/json": {
                        /** @example 1 */
                        accepted: number;
                    };
                };
            };
        };
    };
    getPlayersByPlayerIdEvents: {
        parameters: {
            query?: {
                /**
                 * @description What happened. Not personal: it is stored in clear.
                 * @example level_completed
                 */
                name?: string;
                /**
                 * @description Happened then or later.
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Happened before.
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "88888888-8888-4888-8888-888888888888",
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "name": "level_completed",
                     *           "at": "2026-03-01T12:00:00Z",
                     *           "device_at": "2026-03-01T12:00:00Z",
                     *           "received_at": "2026-03-01T12:00:00Z",
                     *           "measures": {
                     *             "level": 12,
                     *             "seconds": 41.5
                     *           },
                     *           "properties": {
                     *             "map": "desert"
                     *           },
                     *           "experiment": "tutorial-length",
                     *           "cohort": "short"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description Chosen by the client, the same whenever it tells of the event again. Left out, a new one is made.
                             * @example 88888888-8888-4888-8888-888888888888
                             */
                            event_id: string;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /**
                             * @description What happened. Not personal: it is stored in clear.
                             * @example level_completed
                             */
                            name: string;
                            /**
                             * Format: date-time
                             * @description When it happened, by our clock.
                             * @example 2026-03-01T12:00:00Z
                             */
                            at: string;
                            /**
                             * Format: date-time
                             * @description When it happened, by the clock of the device.
                             * @example 2026-03-01T12:00:00Z
                             */
                            device_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            received_at: string;
                            /**
                             * @description Numbers to add up and compare; operators may declare which. Stored in clear, also after the player is erased: nothing that says who somebody is.
                             * @example {
                             *       "level": 12,
                             *       "seconds": 41.5
                             *     }
                             */
                            measures: {
                                [key: string]: number;
                            };
                            /**
                             * @description null where there were none, or the player's data was erased.
                             * @example {
                             *       "map": "desert"
                             *     }
                             */
                            properties: {
                                [key: string]: unknown;
                            } | null;
                            experiment: string | null;
                            /** @example short */
                            cohort: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getPlayersByPlayerIdPlaySessions: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @example 2954880 */
                cursor?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "started_at": "2026-03-01T12:00:00Z",
                     *           "ended_at": "2026-03-01T12:00:00Z",
                     *           "events": 57
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            started_at: string;
                            /**
                             * Format: date-time
                             * @description When its last event happened.
                             * @example 2026-03-01T12:00:00Z
                             */
                            ended_at: string;
                            /** @example 57 */
                            events: number;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getAnalyticsActivity: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "dau": 120,
                     *           "wau": 400,
                     *           "mau": 900,
                     *           "new_players": 12,
                     *           "sessions": 180,
                     *           "play_seconds": 86400
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        days: {
                            /**
                             * Format: date
                             * @description A day, in UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /**
                             * @description Players who signed in or did something on the day.
                             * @example 120
                             */
                            dau: number;
                            /**
                             * @description The same within the 7 days that end with it.
                             * @example 400
                             */
                            wau: number;
                            /**
                             * @description The same within the 30 days that end with it.
                             * @example 900
                             */
                            mau: number;
                            /**
                             * @description Players whose first day it is.
                             * @example 12
                             */
                            new_players: number;
                            /**
                             * @description Play sessions that began on it.
                             * @example 180
                             */
                            sessions: number;
                            /**
                             * @description Time between one event and the next of a session.
                             * @example 86400
                             */
                            play_seconds: number;
                        }[];
                    };
                };
            };
        };
    };
    getAnalyticsRetention: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
                /**
                 * @description After how many days.
                 * @example 1,7,30
                 */
                days?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cohorts": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "players": 120,
                     *           "returned": [
                     *             {
                     *               "after_days": 1,
                     *               "players": 54,
                     *               "share": 0.45
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        cohorts: {
                            /**
                             * Format: date
                             * @description A day, in UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /**
                             * @description Players whose first day it is.
                             * @example 120
                             */
                            players: number;
                            returned: {
                                /**
                                 * @description So many days later.
                                 * @example 1
                                 */
                                after_days: number;
                                /**
                                 * @description null while that day has not begun.
                                 * @example 54
                                 */
                                players: number | null;
                                /**
                                 * @description Of all, from 0 to 1.
                                 * @example 0.45
                                 */
                                share: number | null;
                            }[];
                        }[];
                    };
                };
            };
        };
    };
    getAnalyticsFunnel: {
        parameters: {
            query: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
                /**
                 * @description 2 to 8 names of events, separated by commas, in the order in which they are done.
                 * @example shop_opened,item_viewed,item_bought
                 */
                steps: string;
                /**
                 * @description Seconds from the first step to the last.
                 * @example 86400
                 */
                within_s?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "steps": [
                     *         {
                     *           "name": "level_completed",
                     *           "players": 120,
                     *           "share": 0.45
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        steps: {
                            /**
                             * @description What happened. Not personal: it is stored in clear.
                             * @example level_completed
                             */
                            name: string;
                            /**
                             * @description Players who came to this step.
                             * @example 120
                             */
                            players: number;
                            /**
                             * @description Of all, from 0 to 1.
                             * @example 0.45
                             */
                            share: number | null;
                        }[];
                    };
                };
            };
        };
    };
    getAnalyticsCohorts: {
        parameters: {
            query: {
                /**
                 * @description An experiment.
                 * @example tutorial-length
                 */
                experiment: string;
                /**
                 * @description One of its runs.
                 * @example 1
                 */
                run?: number;
                /**
                 * @description What happened. Not personal: it is stored in clear.
                 * @example level_completed
                 */
                event: string;
                /**
                 * @description What is added up; left out, the events are counted.
                 * @example seconds
                 */
                measure?: string;
                /**
                 * @description Seconds after the exposure, and before it.
                 * @example 86400
                 */
                within_s?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cohorts": [
                     *         {
                     *           "cohort": "short",
                     *           "players": 120,
                     *           "doers": 54,
                     *           "sum": 420,
                     *           "sum_of_squares": 4200,
                     *           "before": {
                     *             "sum": 300,
                     *             "sum_of_squares": 2100,
                     *             "sum_of_products": 2800
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        cohorts: {
                            /**
                             * @description A cohort that players were shown.
                             * @example short
                             */
                            cohort: string;
                            /**
                             * @description Players who were shown it.
                             * @example 120
                             */
                            players: number;
                            /**
                             * @description Of them, who did it in time.
                             * @example 54
                             */
                            doers: number;
                            /**
                             * @description Of the values of all of them; without the event it is 0.
                             * @example 420
                             */
                            sum: number;
                            /**
                             * @description Of the same values.
                             * @example 4200
                             */
                            sum_of_squares: number;
                            before: {
                                /**
                                 * @description Of the values from before the exposure.
                                 * @example 300
                                 */
                                sum: number;
                                /**
                                 * @description Of those values.
                                 * @example 2100
                                 */
                                sum_of_squares: number;
                                /**
                                 * @description Of the values from before and after, player by player.
                                 * @example 2800
                                 */
                                sum_of_products: number;
                            };
                        }[];
                    };
                };
            };
        };
    };
    getAnalyticsEventsCounts: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /**
                 * @description What happened. Not personal: it is stored in clear.
                 * @example level_completed
                 */
                name?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "name": "level_completed",
                     *           "events": 4200
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date
                             * @description A day, in UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /**
                             * @description What happened. Not personal: it is stored in clear.
                             * @example level_completed
                             */
                            name: string;
                            /**
                             * @description How often it happened.
                             * @example 4200
                             */
                            events: number;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getAnalyticsRevenue: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "product_id": "gems-500",
                     *           "currency": "EUR",
                     *           "purchases": 12,
                     *           "payers": 10,
                     *           "gross": 5988,
                     *           "refunds": 1,
                     *           "refunded": 499,
                     *           "net": 5489
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date
                             * @description A day, in UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /**
                             * @description A product.
                             * @example gems-500
                             */
                            product_id: string;
                            /** @example EUR */
                            currency: string;
                            /**
                             * @description Purchases that were paid on the day.
                             * @example 12
                             */
                            purchases: number;
                            /**
                             * @description Players who paid.
                             * @example 10
                             */
                            payers: number;
                            /**
                             * @description What they paid, in minor units.
                             * @example 5988
                             */
                            gross: number;
                            /**
                             * @description Purchases whose money went back on the day.
                             * @example 1
                             */
                            refunds: number;
                            /**
                             * @description What went back, in minor units.
                             * @example 499
                             */
                            refunded: number;
                            /**
                             * @description What they paid, less what went back.
                             * @example 5489
                             */
                            net: number;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getAnalyticsEconomy: {
        parameters: {
            query?: {
                /**
                 * @description First day, in UTC; left out, 30 days up to `to`.
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, in UTC; left out, today.
                 * @example 2026-03-30
                 */
                to?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "kind": "currency",
                     *           "name": "gems",
                     *           "cause": "reward",
                     *           "sources": 12000,
                     *           "sinks": 0,
                     *           "movements": 120
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: date
                             * @description A day, in UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /** @enum {string} */
                            kind: "currency" | "item";
                            /**
                             * @description The currency or the item.
                             * @example gems
                             */
                            name: string;
                            /**
                             * @description Why it moved.
                             * @example reward
                             */
                            cause: string;
                            /**
                             * @description How much came to players.
                             * @example 12000
                             */
                            sources: number;
                            /**
                             * @description How much left them.
                             * @example 0
                             */
                            sinks: number;
                            /**
                             * @description In how many movements.
                             * @example 120
                             */
                            movements: number;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /**
                 * @description A player id, `operator:<name>` or `service:<key id>`.
                 * @example operator:kim
                 */
                actor?: string;
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id?: string;
                /**
                 * @description Name of an event.
                 * @example SeasonOpened
                 */
                type?: string;
                /**
                 * @description Recorded then or later.
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Recorded before.
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "6d6f9a4e-6f1c-4b7e-9d0a-3f2c1a7b8d9e",
                     *           "type": "SeasonOpened",
                     *           "actor": "operator:kim",
                     *           "subject": "season-default_spring-2026",
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "occurred_at": "2026-03-01T12:00:00Z",
                     *           "recorded_at": "2026-03-01T12:00:00Z",
                     *           "request_id": "req-1",
                     *           "caused_by": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @example 6d6f9a4e-6f1c-4b7e-9d0a-3f2c1a7b8d9e
                             */
                            event_id: string;
                            /**
                             * @description Name of an event.
                             * @example SeasonOpened
                             */
                            type: string;
                            actor: string | null;
                            /**
                             * @description The stream that the event is in.
                             * @example season-default_spring-2026
                             */
                            subject: string;
                            /** @description Whom it is about; null when that is no player. */
                            player_id: string | null;
                            occurred_at: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            recorded_at: string;
                            /**
                             * @description X-Request-Id of the request that began it.
                             * @example req-1
                             */
                            request_id: string | null;
                            /**
                             * @description The event or message that it answers.
                             * @example null
                             */
                            caused_by: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getGroups: {
        parameters: {
            query?: {
                /**
                 * @description What the name contains; left out = all groups.
                 * @example owl
                 */
                query?: string;
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *           "name": "Night Owls",
                     *           "description": "We play at night.",
                     *           "visibility": "public",
                     *           "metadata": {
                     *             "tier": "gold"
                     *           },
                     *           "member_count": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A group.
                             * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                             */
                            group_id: string;
                            /** @example Night Owls */
                            name: string;
                            /**
                             * @description For everybody to read.
                             * @example We play at night.
                             */
                            description: string;
                            /**
                             * @description Whether everybody may join, or who is invited or accepted.
                             * @example public
                             * @enum {string}
                             */
                            visibility: "public" | "private";
                            metadata: {
                                tier: string | null;
                            };
                            /** @example 1 */
                            member_count: number;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postGroups: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Night Owls",
                 *       "description": "We play at night.",
                 *       "visibility": "public",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Unique in the tenant, whatever the case and kinds of letters.
                     * @example Night Owls
                     */
                    name: string;
                    /**
                     * @description For everybody to read.
                     * @default
                     * @example We play at night.
                     */
                    description?: string;
                    /**
                     * @description Whether everybody may join, or who is invited or accepted.
                     * @example public
                     * @enum {string}
                     */
                    visibility: "public" | "private";
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                    };
                };
            };
        };
    };
    getGroupsByGroupId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "name": "Night Owls",
                     *       "description": "We play at night.",
                     *       "visibility": "public",
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "member_count": 1
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /** @example Night Owls */
                        name: string;
                        /**
                         * @description For everybody to read.
                         * @example We play at night.
                         */
                        description: string;
                        /**
                         * @description Whether everybody may join, or who is invited or accepted.
                         * @example public
                         * @enum {string}
                         */
                        visibility: "public" | "private";
                        metadata: {
                            tier: string | null;
                        };
                        /** @example 1 */
                        member_count: number;
                    };
                };
            };
        };
    };
    patchGroupsByGroupId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "We play at night.",
                 *       "metadata": {
                 *         "tier": "gold"
                 *       },
                 *       "roles": [
                 *         {
                 *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *           "role": "admin"
                 *         }
                 *       ],
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description For everybody to read.
                     * @example We play at night.
                     */
                    description?: string;
                    metadata?: {
                        /**
                         * @description What the game makes of it.
                         * @example gold
                         */
                        tier: string;
                    };
                    roles?: {
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @example admin
                         * @enum {string}
                         */
                        role: "member" | "admin" | "superadmin";
                    }[];
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "name": "Night Owls",
                     *       "description": "We play at night.",
                     *       "visibility": "public",
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "member_count": 1
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /** @example Night Owls */
                        name: string;
                        /**
                         * @description For everybody to read.
                         * @example We play at night.
                         */
                        description: string;
                        /**
                         * @description Whether everybody may join, or who is invited or accepted.
                         * @example public
                         * @enum {string}
                         */
                        visibility: "public" | "private";
                        metadata: {
                            tier: string | null;
                        };
                        /** @example 1 */
                        member_count: number;
                    };
                };
            };
        };
    };
    postGroupsByGroupIdJoin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "status": "member"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description What the player is to the group then.
                         * @example member
                         * @enum {string}
                         */
                        status: "member" | "requested" | "invited" | "declined" | "left" | "kicked" | "banned";
                    };
                };
            };
        };
    };
    postGroupsByGroupIdLeave: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "status": "member"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description What the player is to the group then.
                         * @example member
                         * @enum {string}
                         */
                        status: "member" | "requested" | "invited" | "declined" | "left" | "kicked" | "banned";
                    };
                };
            };
        };
    };
    getGroupsByGroupIdRequests: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postGroupsByGroupIdRequests: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "accept": true,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @description Whether the player is let in.
                     * @example true
                     */
                    accept: boolean;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "status": "member"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description What the player is to the group then.
                         * @example member
                         * @enum {string}
                         */
                        status: "member" | "requested" | "invited" | "declined" | "left" | "kicked" | "banned";
                    };
                };
            };
        };
    };
    postGroupsByGroupIdInvites: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "status": "member",
                     *       "expires_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description What the player is to the group then.
                         * @example member
                         * @enum {string}
                         */
                        status: "member" | "requested" | "invited" | "declined" | "left" | "kicked" | "banned";
                        expires_at: string | null;
                    };
                };
            };
        };
    };
    postGroupsByGroupIdKick: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry. Required, here or as `idempotency_key` in the body.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "ban": false,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @description Whether the player stays out until invited.
                     * @default false
                     * @example false
                     */
                    ban?: boolean;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "status": "member"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A group.
                         * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                         */
                        group_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /**
                         * @description What the player is to the group then.
                         * @example member
                         * @enum {string}
                         */
                        status: "member" | "requested" | "invited" | "declined" | "left" | "kicked" | "banned";
                    };
                };
            };
        };
    };
    getGroupsByGroupIdMembers: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A group.
                 * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "role": "admin"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            player_id: string;
                            /**
                             * @example admin
                             * @enum {string}
                             */
                            role: "member" | "admin" | "superadmin";
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getGroupsMine: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "group_id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *           "name": "Night Owls",
                     *           "role": "admin",
                     *           "since": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * Format: uuid
                             * @description A group.
                             * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                             */
                            group_id: string;
                            /** @example Night Owls */
                            name: string;
                            /**
                             * @example admin
                             * @enum {string}
                             */
                            role: "member" | "admin" | "superadmin";
                            /**
                             * Format: date-time
                             * @description When the caller came into the group, this time.
                             * @example 2026-03-01T12:00:00Z
                             */
                            since: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getInvitations: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "group",
                     *           "id": "3d594650-3436-4e5b-9d6c-2f8a1c0b7e11",
                     *           "name": "Night Owls",
                     *           "invited_by": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *           "expires_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @example group
                             * @enum {string}
                             */
                            kind: "group" | "party";
                            /**
                             * Format: uuid
                             * @description The group or party, to be joined under its own path.
                             * @example 3d594650-3436-4e5b-9d6c-2f8a1c0b7e11
                             */
                            id: string;
                            /**
                             * @description Of a group; a party has none.
                             * @example Night Owls
                             */
                            name: string | null;
                            /**
                             * Format: uuid
                             * @description A player.
                             * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                             */
                            invited_by: string;
                            /**
                             * Format: date-time
                             * @description Until when the caller may join.
                             * @example 2026-03-01T12:00:00Z
                             */
                            expires_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postParties: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "invite_only": true,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Whether only invited players may join, or everybody who knows the id.
                     * @default true
                     * @example true
                     */
                    invite_only?: boolean;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "leader_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "invite_only": true,
                     *       "max_size": 2,
                     *       "members": [
                     *         "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        leader_id: string;
                        /**
                         * @description Whether only invited players may join, or everybody who knows the id.
                         * @example true
                         */
                        invite_only: boolean;
                        /**
                         * @description Most members, by the leader's tier.
                         * @example 2
                         */
                        max_size: number;
                        /** @description Who is in it, the longest first. */
                        members: string[];
                    };
                };
            };
        };
    };
    getPartiesMine: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "leader_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "invite_only": true,
                     *       "max_size": 2,
                     *       "members": [
                     *         "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        leader_id: string;
                        /**
                         * @description Whether only invited players may join, or everybody who knows the id.
                         * @example true
                         */
                        invite_only: boolean;
                        /**
                         * @description Most members, by the leader's tier.
                         * @example 2
                         */
                        max_size: number;
                        /** @description Who is in it, the longest first. */
                        members: string[];
                    };
                };
            };
        };
    };
    getPartiesByPartyId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A party.
                 * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                 */
                party_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "leader_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "invite_only": true,
                     *       "max_size": 2,
                     *       "members": [
                     *         "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        leader_id: string;
                        /**
                         * @description Whether only invited players may join, or everybody who knows the id.
                         * @example true
                         */
                        invite_only: boolean;
                        /**
                         * @description Most members, by the leader's tier.
                         * @example 2
                         */
                        max_size: number;
                        /** @description Who is in it, the longest first. */
                        members: string[];
                    };
                };
            };
        };
    };
    postPartiesByPartyIdInvite: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A party.
                 * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                 */
                party_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "expires_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /** @description null when the player is in the party already. */
                        expires_at: string | null;
                    };
                };
            };
        };
    };
    postPartiesByPartyIdJoin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A party.
                 * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                 */
                party_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "leader_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "invite_only": true,
                     *       "max_size": 2,
                     *       "members": [
                     *         "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        leader_id: string;
                        /**
                         * @description Whether only invited players may join, or everybody who knows the id.
                         * @example true
                         */
                        invite_only: boolean;
                        /**
                         * @description Most members, by the leader's tier.
                         * @example 2
                         */
                        max_size: number;
                        /** @description Who is in it, the longest first. */
                        members: string[];
                    };
                };
            };
        };
    };
    postPartiesByPartyIdLeave: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A party.
                 * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                 */
                party_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "left": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /** @enum {boolean} */
                        left: true;
                    };
                };
            };
        };
    };
    postPartiesByPartyIdKick: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A party.
                 * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                 */
                party_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A player.
                     * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                     */
                    player_id: string;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "party_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                     *       "player_id": "0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e",
                     *       "kicked": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description A party.
                         * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
                         */
                        party_id: string;
                        /**
                         * Format: uuid
                         * @description A player.
                         * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                         */
                        player_id: string;
                        /** @enum {boolean} */
                        kicked: true;
                    };
                };
            };
        };
    };
    getExperiments: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "experiment_id": "new-shop",
                     *           "status": "running",
                     *           "run": 1,
                     *           "cohorts": [
                     *             {
                     *               "cohort": "control",
                     *               "share": 5000
                     *             },
                     *             {
                     *               "cohort": "preview",
                     *               "share": 5000
                     *             }
                     *           ],
                     *           "control": "control",
                     *           "description": "Does a preview sell more?",
                     *           "targeting": {
                     *             "attribute": "platform",
                     *             "operator": "in",
                     *             "value": [
                     *               "ios",
                     *               "android"
                     *             ]
                     *           },
                     *           "layer": {
                     *             "layer": "shop",
                     *             "from": 0,
                     *             "to": 5000,
                     *             "holdout": 500
                     *           },
                     *           "ramp": 1000,
                     *           "starts_at": "2026-03-01T12:00:00Z",
                     *           "ends_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description An experiment.
                             * @example new-shop
                             */
                            experiment_id: string;
                            /**
                             * @example running
                             * @enum {string}
                             */
                            status: "defined" | "running" | "stopped";
                            /**
                             * @description Of the last start; 0 = it never ran.
                             * @example 1
                             */
                            run: number;
                            /**
                             * @example [
                             *       {
                             *         "cohort": "control",
                             *         "share": 5000
                             *       },
                             *       {
                             *         "cohort": "preview",
                             *         "share": 5000
                             *       }
                             *     ]
                             */
                            cohorts: {
                                /**
                                 * @description A cohort of an experiment.
                                 * @example preview
                                 */
                                cohort: string;
                                /**
                                 * @description In basis points; all together are 10,000.
                                 * @example 5000
                                 */
                                share: number;
                            }[];
                            /**
                             * @description The cohort that the others are held against.
                             * @example control
                             */
                            control: string;
                            /**
                             * @description For people.
                             * @example Does a preview sell more?
                             */
                            description?: string;
                            targeting?: {
                                [key: string]: unknown;
                            } | null;
                            layer?: {
                                /**
                                 * @description A layer.
                                 * @example shop
                                 */
                                layer: string;
                                /**
                                 * @description Where its place begins, in basis points: 10,000 are the whole.
                                 * @example 0
                                 */
                                from: number;
                                /**
                                 * @description Before what its place ends, in basis points: 10,000 are the whole.
                                 * @example 5000
                                 */
                                to: number;
                                /**
                                 * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                                 * @example 500
                                 */
                                holdout: number;
                            } | null;
                            /**
                             * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                             * @example 1000
                             */
                            ramp?: number;
                            starts_at?: string | null;
                            ends_at?: string | null;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getExperimentsByExperimentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    putExperimentsByExperimentId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "Does a preview sell more?",
                 *       "cohorts": [
                 *         {
                 *           "cohort": "control",
                 *           "share": 5000
                 *         },
                 *         {
                 *           "cohort": "preview",
                 *           "share": 5000
                 *         }
                 *       ],
                 *       "control": "control",
                 *       "targeting": {
                 *         "attribute": "platform",
                 *         "operator": "in",
                 *         "value": [
                 *           "ios",
                 *           "android"
                 *         ]
                 *       },
                 *       "layer": {
                 *         "layer": "shop",
                 *         "from": 0,
                 *         "to": 5000
                 *       },
                 *       "ramp": 1000,
                 *       "starts_at": "2026-03-01T12:00:00Z",
                 *       "ends_at": "2026-03-01T12:00:00Z",
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description For people.
                     * @default
                     * @example Does a preview sell more?
                     */
                    description?: string;
                    /**
                     * @example [
                     *       {
                     *         "cohort": "control",
                     *         "share": 5000
                     *       },
                     *       {
                     *         "cohort": "preview",
                     *         "share": 5000
                     *       }
                     *     ]
                     */
                    cohorts: {
                        /**
                         * @description A cohort of an experiment.
                         * @example preview
                         */
                        cohort: string;
                        /**
                         * @description In basis points; all together are 10,000.
                         * @example 5000
                         */
                        share: number;
                    }[];
                    /**
                     * @description The cohort that the others are held against.
                     * @example control
                     */
                    control: string;
                    /** @description Left out = for everybody. */
                    targeting?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description Its place beside others of which a player is in one at most. */
                    layer?: {
                        /**
                         * @description A layer.
                         * @example shop
                         */
                        layer: string;
                        /**
                         * @description Where its place begins, in basis points: 10,000 are the whole.
                         * @example 0
                         */
                        from: number;
                        /**
                         * @description Before what its place ends, in basis points: 10,000 are the whole.
                         * @example 5000
                         */
                        to: number;
                    } | null;
                    /**
                     * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                     * @default 10000
                     * @example 1000
                     */
                    ramp?: number;
                    /** @description It assigns nobody before, also when it was started. */
                    starts_at?: string | null;
                    /** @description It assigns nobody from then on. */
                    ends_at?: string | null;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    postExperimentsByExperimentIdStart: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    postExperimentsByExperimentIdStop: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                } | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    postExperimentsByExperimentIdRamp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ramp": 1000,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                     * @example 1000
                     */
                    ramp: number;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    getExperimentsByExperimentIdReport: {
        parameters: {
            query?: {
                /**
                 * @description Which run; left out, the last one.
                 * @example 1
                 */
                run?: number;
                /**
                 * @description What the others are held against; left out, as defined.
                 * @example control
                 */
                control?: string;
                /**
                 * @description A mean is made sharper by the same number of so many days before the exposure.
                 * @example 14
                 */
                covariate_days?: number;
                /**
                 * @description Of all cohorts, as planned before the start; left out, 10,000.
                 * @example 20000
                 */
                planned_players?: number;
                /**
                 * @description At most 16, separated by commas; left out, each measure of the events that name the experiment. After a name, separated by colons: `mean` or `share`, `lower`, `guardrail=<margin>`, and, for events that name no experiment, `event=<name>`, `measure=<name>`, `within=<seconds>`.
                 * @example retention_7,crashes:mean:lower,spent:event=item_bought:measure=price:within=86400
                 */
                metrics?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment": "gates, run 2",
                     *       "control": "preview",
                     *       "players": 90189,
                     *       "alpha": 0.05,
                     *       "planned_players": 10000,
                     *       "warnings": [],
                     *       "sample_ratio": {
                     *         "chi_square": 6.9,
                     *         "degrees_of_freedom": 1,
                     *         "p": 0.0086,
                     *         "expected": [
                     *           45094.5,
                     *           45094.5
                     *         ],
                     *         "verdict": "suspicious"
                     *       },
                     *       "cohorts": [
                     *         {
                     *           "cohort": "preview",
                     *           "players": 44700,
                     *           "planned": 45094.5
                     *         }
                     *       ],
                     *       "metrics": [
                     *         {
                     *           "metric": "retention_7",
                     *           "kind": "share",
                     *           "role": "goal",
                     *           "better": "higher",
                     *           "margin": 0.01,
                     *           "source": {
                     *             "event": "item_bought",
                     *             "measure": "price",
                     *             "within_s": 604800
                     *           },
                     *           "cohorts": [
                     *             {
                     *               "cohort": "preview",
                     *               "players": 44700,
                     *               "value": 0.1902,
                     *               "interval": {
                     *                 "low": -0.0133,
                     *                 "high": -0.0031
                     *               },
                     *               "deviation": 195.7
                     *             }
                     *           ],
                     *           "comparisons": [
                     *             {
                     *               "cohort": "preview",
                     *               "difference": -0.0082,
                     *               "interval": {
                     *                 "low": -0.0133,
                     *                 "high": -0.0031
                     *               },
                     *               "relative": {
                     *                 "estimate": -0.043
                     *               },
                     *               "test": {
                     *                 "statistic": "z",
                     *                 "value": -3.16,
                     *                 "degrees_of_freedom": 412.7,
                     *                 "p": 0.0016
                     *               },
                     *               "adjusted": {
                     *                 "holm": 0.0016,
                     *                 "benjamini_hochberg": 0.0016
                     *               },
                     *               "sequential": {
                     *                 "p": 0.061,
                     *                 "interval": {
                     *                   "low": -0.0133,
                     *                   "high": -0.0031
                     *                 }
                     *               },
                     *               "bayesian": {
                     *                 "control": {
                     *                   "a": 8503,
                     *                   "b": 36199
                     *                 },
                     *                 "cohort": {
                     *                   "a": 8503,
                     *                   "b": 36199
                     *                 },
                     *                 "probability_better": 0.0008,
                     *                 "expected_loss": {
                     *                   "control": 0,
                     *                   "cohort": 0.0082
                     *                 },
                     *                 "difference_interval": {
                     *                   "low": -0.0133,
                     *                   "high": -0.0031
                     *                 }
                     *               },
                     *               "cuped": {
                     *                 "theta": 0.6,
                     *                 "reduction": 0.4,
                     *                 "difference": 0.31,
                     *                 "interval": {
                     *                   "low": -0.0133,
                     *                   "high": -0.0031
                     *                 },
                     *                 "p": 0.02
                     *               },
                     *               "guardrail": {
                     *                 "margin": 0.01,
                     *                 "p": 0.001,
                     *                 "bound": -0.006,
                     *                 "verdict": "holds"
                     *               },
                     *               "verdict": "worse"
                     *             }
                     *           ],
                     *           "detectable": 0.0074
                     *         }
                     *       ],
                     *       "daily": [
                     *         {
                     *           "day": "2026-03-01",
                     *           "players": {
                     *             "gate_30": 640,
                     *             "gate_40": 655
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description With its run, where it is not the first.
                         * @example gates, run 2
                         */
                        experiment: string;
                        /**
                         * @description A cohort of an experiment.
                         * @example preview
                         */
                        control: string;
                        /**
                         * @description Who were shown a cohort.
                         * @example 90189
                         */
                        players: number;
                        /**
                         * @description 1 less the confidence of the intervals.
                         * @example 0.05
                         */
                        alpha: number;
                        /**
                         * @description Where the sequential test is narrowest.
                         * @example 10000
                         */
                        planned_players: number;
                        /**
                         * @description The gravest first.
                         * @example []
                         */
                        warnings: string[];
                        sample_ratio: {
                            /**
                             * @description Pearson’s statistic.
                             * @example 6.9
                             */
                            chi_square: number;
                            /** @example 1 */
                            degrees_of_freedom: number;
                            /**
                             * @description Of so uneven a spread by chance.
                             * @example 0.0086
                             */
                            p: number;
                            /**
                             * @description Players by cohort, as planned.
                             * @example [
                             *       45094.5,
                             *       45094.5
                             *     ]
                             */
                            expected: number[];
                            /**
                             * @example suspicious
                             * @enum {string}
                             */
                            verdict: "balanced" | "suspicious" | "mismatched";
                        } | {
                            /**
                             * @description Why there is no answer.
                             * @example A variance needs 2 players; there are 1.
                             */
                            problem: string;
                        };
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /** @example 44700 */
                            players: number;
                            /**
                             * @description How many there would be as planned.
                             * @example 45094.5
                             */
                            planned: number;
                        }[];
                        metrics: {
                            /** @example retention_7 */
                            metric: string;
                            /**
                             * @example share
                             * @enum {string}
                             */
                            kind: "share" | "mean";
                            /**
                             * @example goal
                             * @enum {string}
                             */
                            role: "goal" | "guardrail";
                            /**
                             * @example higher
                             * @enum {string}
                             */
                            better: "higher" | "lower";
                            /**
                             * @description Of a guardrail.
                             * @example 0.01
                             */
                            margin?: number;
                            /**
                             * @description The events that it is taken from; left out = those that name the experiment.
                             * @example {
                             *       "event": "item_bought",
                             *       "measure": "price",
                             *       "within_s": 604800
                             *     }
                             */
                            source?: {
                                event: string;
                                measure: string | null;
                                within_s: number;
                            };
                            cohorts: {
                                /**
                                 * @description A cohort of an experiment.
                                 * @example preview
                                 */
                                cohort: string;
                                /** @example 44700 */
                                players: number;
                                /**
                                 * @description The share, or the mean.
                                 * @example 0.1902
                                 */
                                value: number;
                                /**
                                 * @description Both ends belong to it; null = no end.
                                 * @example {
                                 *       "low": -0.0133,
                                 *       "high": -0.0031
                                 *     }
                                 */
                                interval: {
                                    low: number | null;
                                    high: number | null;
                                };
                                /**
                                 * @description Standard deviation of a mean’s numbers.
                                 * @example 195.7
                                 */
                                deviation?: number;
                            }[];
                            comparisons: ({
                                /**
                                 * @description A cohort of an experiment.
                                 * @example preview
                                 */
                                cohort: string;
                                /**
                                 * @description Cohort less control.
                                 * @example -0.0082
                                 */
                                difference: number;
                                /**
                                 * @description Both ends belong to it; null = no end.
                                 * @example {
                                 *       "low": -0.0133,
                                 *       "high": -0.0031
                                 *     }
                                 */
                                interval: {
                                    low: number | null;
                                    high: number | null;
                                };
                                /**
                                 * @description Cohort by control, less 1.
                                 * @example {
                                 *       "estimate": -0.043
                                 *     }
                                 */
                                relative?: {
                                    estimate: number;
                                    /**
                                     * @description Both ends belong to it; null = no end.
                                     * @example {
                                     *       "low": -0.0133,
                                     *       "high": -0.0031
                                     *     }
                                     */
                                    interval?: {
                                        low: number | null;
                                        high: number | null;
                                    };
                                };
                                test: {
                                    /**
                                     * @example z
                                     * @enum {string}
                                     */
                                    statistic: "z" | "t";
                                    /**
                                     * @description Of the statistic.
                                     * @example -3.16
                                     */
                                    value: number;
                                    /**
                                     * @description Of t.
                                     * @example 412.7
                                     */
                                    degrees_of_freedom?: number;
                                    /**
                                     * @description Two-sided, for one look that was planned.
                                     * @example 0.0016
                                     */
                                    p: number;
                                };
                                /** @description Over all comparisons of all goals; a guardrail has none. */
                                adjusted?: {
                                    /**
                                     * @description Of any error.
                                     * @example 0.0016
                                     */
                                    holm: number;
                                    /**
                                     * @description Of a share of errors.
                                     * @example 0.0016
                                     */
                                    benjamini_hochberg: number;
                                };
                                sequential: {
                                    /**
                                     * @description Valid however often one looks.
                                     * @example 0.061
                                     */
                                    p: number;
                                    /**
                                     * @description Both ends belong to it; null = no end.
                                     * @example {
                                     *       "low": -0.0133,
                                     *       "high": -0.0031
                                     *     }
                                     */
                                    interval: {
                                        low: number | null;
                                        high: number | null;
                                    };
                                };
                                /** @description Of shares, from the uniform prior. */
                                bayesian?: {
                                    /**
                                     * @example {
                                     *       "a": 8503,
                                     *       "b": 36199
                                     *     }
                                     */
                                    control: {
                                        a: number;
                                        b: number;
                                    };
                                    /**
                                     * @example {
                                     *       "a": 8503,
                                     *       "b": 36199
                                     *     }
                                     */
                                    cohort: {
                                        a: number;
                                        b: number;
                                    };
                                    /**
                                     * @description That the cohort is better than control.
                                     * @example 0.0008
                                     */
                                    probability_better: number;
                                    /**
                                     * @example {
                                     *       "control": 0,
                                     *       "cohort": 0.0082
                                     *     }
                                     */
                                    expected_loss: {
                                        control: number;
                                        cohort: number;
                                    };
                                    /**
                                     * @description Both ends belong to it; null = no end.
                                     * @example {
                                     *       "low": -0.0133,
                                     *       "high": -0.0031
                                     *     }
                                     */
                                    difference_interval: {
                                        low: number | null;
                                        high: number | null;
                                    };
                                };
                                /** @description Of means, where something is known of the players from before. */
                                cuped?: {
                                    /**
                                     * @description How strongly the number from before tells of that after.
                                     * @example 0.6
                                     */
                                    theta: number;
                                    /**
                                     * @description How much of the variance is gone.
                                     * @example 0.4
                                     */
                                    reduction: number;
                                    /**
                                     * @description Cohort less control, made sharper.
                                     * @example 0.31
                                     */
                                    difference: number;
                                    /**
                                     * @description Both ends belong to it; null = no end.
                                     * @example {
                                     *       "low": -0.0133,
                                     *       "high": -0.0031
                                     *     }
                                     */
                                    interval: {
                                        low: number | null;
                                        high: number | null;
                                    };
                                    /**
                                     * @description Two-sided.
                                     * @example 0.02
                                     */
                                    p: number;
                                };
                                guardrail?: {
                                    /**
                                     * @description The largest harm that is acceptable.
                                     * @example 0.01
                                     */
                                    margin: number;
                                    /**
                                     * @description Of harm beyond the margin.
                                     * @example 0.001
                                     */
                                    p: number;
                                    /**
                                     * @description The worst difference that is not ruled out.
                                     * @example -0.006
                                     */
                                    bound: number;
                                    /**
                                     * @example holds
                                     * @enum {string}
                                     */
                                    verdict: "holds" | "unclear" | "broken";
                                };
                                /**
                                 * @example worse
                                 * @enum {string}
                                 */
                                verdict: "untrusted" | "better" | "worse" | "unclear" | "holds" | "broken";
                            } | {
                                /**
                                 * @description A cohort of an experiment.
                                 * @example preview
                                 */
                                cohort: string;
                                /**
                                 * @description Why there is no answer.
                                 * @example A variance needs 2 players; there are 1.
                                 */
                                problem: string;
                            })[];
                            /**
                             * @description The smallest difference that so many players find with a power of 0.8.
                             * @example 0.0074
                             */
                            detectable?: number;
                        }[];
                        daily: {
                            /**
                             * Format: date
                             * @description In UTC.
                             * @example 2026-03-01
                             */
                            day: string;
                            /**
                             * @description By cohort: who were shown it first on the day.
                             * @example {
                             *       "gate_30": 640,
                             *       "gate_40": 655
                             *     }
                             */
                            players: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
        };
    };
    getPlayersByPlayerIdExposures: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description A player.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "experiment_id": "new-shop",
                     *           "run": 1,
                     *           "cohort": "preview",
                     *           "exposed_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description An experiment.
                             * @example new-shop
                             */
                            experiment_id: string;
                            /** @example 1 */
                            run: number;
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * Format: date-time
                             * @description When the player was shown it first.
                             * @example 2026-03-01T12:00:00Z
                             */
                            exposed_at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postExperimentsByExperimentIdRollback: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A version, as the history has it.
                     * @example 1
                     */
                    version: number;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "description": "Does a preview sell more?",
                     *       "status": "running",
                     *       "run": 1,
                     *       "cohorts": [
                     *         {
                     *           "cohort": "control",
                     *           "share": 5000
                     *         },
                     *         {
                     *           "cohort": "preview",
                     *           "share": 5000
                     *         }
                     *       ],
                     *       "control": "control",
                     *       "targeting": {
                     *         "attribute": "platform",
                     *         "operator": "in",
                     *         "value": [
                     *           "ios",
                     *           "android"
                     *         ]
                     *       },
                     *       "layer": {
                     *         "layer": "shop",
                     *         "from": 0,
                     *         "to": 5000,
                     *         "holdout": 500
                     *       },
                     *       "ramp": 1000,
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description For people.
                         * @example Does a preview sell more?
                         */
                        description: string;
                        /**
                         * @example running
                         * @enum {string}
                         */
                        status: "defined" | "running" | "stopped";
                        /**
                         * @description Of the last start; 0 = it never ran.
                         * @example 1
                         */
                        run: number;
                        /**
                         * @example [
                         *       {
                         *         "cohort": "control",
                         *         "share": 5000
                         *       },
                         *       {
                         *         "cohort": "preview",
                         *         "share": 5000
                         *       }
                         *     ]
                         */
                        cohorts: {
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description In basis points; all together are 10,000.
                             * @example 5000
                             */
                            share: number;
                        }[];
                        /**
                         * @description The cohort that the others are held against.
                         * @example control
                         */
                        control: string;
                        targeting: {
                            [key: string]: unknown;
                        } | null;
                        layer: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description Where its place begins, in basis points: 10,000 are the whole.
                             * @example 0
                             */
                            from: number;
                            /**
                             * @description Before what its place ends, in basis points: 10,000 are the whole.
                             * @example 5000
                             */
                            to: number;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                        } | null;
                        /**
                         * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                         * @example 1000
                         */
                        ramp: number;
                        starts_at: string | null;
                        ends_at: string | null;
                    };
                };
            };
        };
    };
    getExperimentsByExperimentIdHistory: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @example 18 */
                cursor?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "version": 1,
                     *           "change": "defined",
                     *           "definition": {
                     *             "description": "Does a preview sell more?",
                     *             "cohorts": [
                     *               {
                     *                 "cohort": "control",
                     *                 "share": 5000
                     *               },
                     *               {
                     *                 "cohort": "preview",
                     *                 "share": 5000
                     *               }
                     *             ],
                     *             "control": "control",
                     *             "targeting": {
                     *               "attribute": "platform",
                     *               "operator": "in",
                     *               "value": [
                     *                 "ios",
                     *                 "android"
                     *               ]
                     *             },
                     *             "layer": {
                     *               "layer": "shop",
                     *               "from": 0,
                     *               "to": 5000,
                     *               "holdout": 500
                     *             },
                     *             "ramp": 1000,
                     *             "starts_at": "2026-03-01T12:00:00Z",
                     *             "ends_at": "2026-03-01T12:00:00Z"
                     *           },
                     *           "restores": null,
                     *           "run": null,
                     *           "ramp": null,
                     *           "actor": "operator:eve",
                     *           "at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A version, as the history has it.
                             * @example 1
                             */
                            version: number;
                            /**
                             * @example defined
                             * @enum {string}
                             */
                            change: "defined" | "started" | "ramped" | "stopped";
                            /** @description What it was defined as; null where it was not. */
                            definition: {
                                /**
                                 * @description For people.
                                 * @example Does a preview sell more?
                                 */
                                description: string;
                                /**
                                 * @example [
                                 *       {
                                 *         "cohort": "control",
                                 *         "share": 5000
                                 *       },
                                 *       {
                                 *         "cohort": "preview",
                                 *         "share": 5000
                                 *       }
                                 *     ]
                                 */
                                cohorts: {
                                    /**
                                     * @description A cohort of an experiment.
                                     * @example preview
                                     */
                                    cohort: string;
                                    /**
                                     * @description In basis points; all together are 10,000.
                                     * @example 5000
                                     */
                                    share: number;
                                }[];
                                /**
                                 * @description The cohort that the others are held against.
                                 * @example control
                                 */
                                control: string;
                                targeting: {
                                    [key: string]: unknown;
                                } | null;
                                layer: {
                                    /**
                                     * @description A layer.
                                     * @example shop
                                     */
                                    layer: string;
                                    /**
                                     * @description Where its place begins, in basis points: 10,000 are the whole.
                                     * @example 0
                                     */
                                    from: number;
                                    /**
                                     * @description Before what its place ends, in basis points: 10,000 are the whole.
                                     * @example 5000
                                     */
                                    to: number;
                                    /**
                                     * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                                     * @example 500
                                     */
                                    holdout: number;
                                } | null;
                                /**
                                 * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                                 * @example 1000
                                 */
                                ramp: number;
                                starts_at: string | null;
                                ends_at: string | null;
                            } | null;
                            /**
                             * @description The version that it went back to.
                             * @example null
                             */
                            restores: number | null;
                            /**
                             * @description The run that was started, ramped or stopped.
                             * @example null
                             */
                            run: number | null;
                            /**
                             * @description What it was ramped to.
                             * @example null
                             */
                            ramp: number | null;
                            /** @example operator:eve */
                            actor: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getExperimentLayers: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description A layer.
                 * @example shop
                 */
                cursor?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "layer": "shop",
                     *           "holdout": 500,
                     *           "slots": [
                     *             {
                     *               "experiment_id": "new-shop",
                     *               "from": 0,
                     *               "to": 5000
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A layer.
                             * @example shop
                             */
                            layer: string;
                            /**
                             * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                             * @example 500
                             */
                            holdout: number;
                            slots: {
                                /**
                                 * @description An experiment.
                                 * @example new-shop
                                 */
                                experiment_id: string;
                                /** @example 0 */
                                from: number;
                                /** @example 5000 */
                                to: number;
                            }[];
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    putExperimentLayersByLayer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description A layer.
                 * @example shop
                 */
                layer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdout": 500,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                     * @default 0
                     * @example 500
                     */
                    holdout?: number;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "layer": "shop",
                     *       "holdout": 500
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description A layer.
                         * @example shop
                         */
                        layer: string;
                        /**
                         * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                         * @example 500
                         */
                        holdout: number;
                    };
                };
            };
        };
    };
    getExperimentsByExperimentIdAssignment: {
        parameters: {
            query?: {
                /**
                 * @description Whom it is about: for services and operators only, players ask for themselves.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id?: string;
                /**
                 * @description For rules that ask for it.
                 * @example ios
                 */
                platform?: string;
                /**
                 * @description Semantic version of the game, for rules that ask for it.
                 * @example 2.1.0
                 */
                app_version?: string;
                /**
                 * @description For rules that ask for it.
                 * @example DE
                 */
                country?: string;
                /**
                 * @description For rules that ask for it.
                 * @example de
                 */
                language?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "run": 1,
                     *       "cohort": "preview",
                     *       "reason": "assigned"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description null = it does not run.
                         * @example 1
                         */
                        run: number | null;
                        /**
                         * @description null = the player takes no part.
                         * @example preview
                         */
                        cohort: string | null;
                        /**
                         * @description Why the player is in the cohort, or in none.
                         * @example assigned
                         * @enum {string}
                         */
                        reason: "assigned" | "not_running" | "not_started" | "ended" | "not_targeted" | "holdout" | "in_another_slot" | "not_ramped";
                    };
                };
            };
        };
    };
    getConfig: {
        parameters: {
            query?: {
                /**
                 * @description Only the chain of this experiment.
                 * @example new-shop
                 */
                experiment_id?: string;
                /**
                 * @description Whom it is about: for services and operators only, players ask for themselves.
                 * @example 0b0e9a4e-6f1c-5b7e-9d0a-3f2c1a7b8d9e
                 */
                player_id?: string;
                /**
                 * @description For rules that ask for it.
                 * @example ios
                 */
                platform?: string;
                /**
                 * @description Semantic version of the game, for rules that ask for it.
                 * @example 2.1.0
                 */
                app_version?: string;
                /**
                 * @description For rules that ask for it.
                 * @example DE
                 */
                country?: string;
                /**
                 * @description For rules that ask for it.
                 * @example de
                 */
                language?: string;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "values": {
                     *         "shop_preview": true
                     *       },
                     *       "source": {
                     *         "source": "cohort",
                     *         "experiment_id": "new-shop",
                     *         "cohort": "preview",
                     *         "version": 3
                     *       },
                     *       "sources": {
                     *         "shop_preview": {
                     *           "source": "cohort",
                     *           "experiment_id": "new-shop",
                     *           "cohort": "preview",
                     *           "version": 3
                     *         }
                     *       },
                     *       "experiments": [
                     *         {
                     *           "experiment_id": "new-shop",
                     *           "run": 1,
                     *           "cohort": "preview",
                     *           "names": [
                     *             "shop_preview"
                     *           ]
                     *         }
                     *       ],
                     *       "revision": "57"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Anything by name, up to 16 KiB of JSON.
                         * @example {
                         *       "shop_preview": true
                         *     }
                         */
                        values: {
                            [key: string]: unknown;
                        };
                        /** @description Where it comes from. */
                        source: {
                            /**
                             * @example cohort
                             * @enum {string}
                             */
                            source: "cohort" | "control" | "global" | "built_in";
                            experiment_id: string | null;
                            cohort: string | null;
                            /**
                             * @description Of the variant; null = it is built in.
                             * @example 3
                             */
                            version: number | null;
                        };
                        /**
                         * @description By name of a value.
                         * @example {
                         *       "shop_preview": {
                         *         "source": "cohort",
                         *         "experiment_id": "new-shop",
                         *         "cohort": "preview",
                         *         "version": 3
                         *       }
                         *     }
                         */
                        sources: {
                            [key: string]: {
                                /**
                                 * @example cohort
                                 * @enum {string}
                                 */
                                source: "cohort" | "control" | "global" | "built_in";
                                experiment_id: string | null;
                                cohort: string | null;
                                /**
                                 * @description Of the variant; null = it is built in.
                                 * @example 3
                                 */
                                version: number | null;
                            };
                        };
                        /** @description In which the player takes part. */
                        experiments: {
                            /**
                             * @description An experiment.
                             * @example new-shop
                             */
                            experiment_id: string;
                            /** @example 1 */
                            run: number;
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description Of the values that the experiment sets, for this cohort or another.
                             * @example [
                             *       "shop_preview"
                             *     ]
                             */
                            names: string[];
                        }[];
                        /**
                         * @description Another one after each change of an experiment or a configuration of the tenant.
                         * @example 57
                         */
                        revision: string;
                    };
                };
            };
        };
    };
    getConfigDefinitions: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "built_in": {
                     *         "shop_preview": true
                     *       },
                     *       "experiments": [
                     *         {
                     *           "experiment_id": "new-shop",
                     *           "run": 1,
                     *           "cohorts": [
                     *             {
                     *               "cohort": "control",
                     *               "share": 5000
                     *             },
                     *             {
                     *               "cohort": "preview",
                     *               "share": 5000
                     *             }
                     *           ],
                     *           "control": "control",
                     *           "targeting": {
                     *             "attribute": "platform",
                     *             "operator": "in",
                     *             "value": [
                     *               "ios",
                     *               "android"
                     *             ]
                     *           },
                     *           "layer": {
                     *             "layer": "shop",
                     *             "from": 0,
                     *             "to": 5000,
                     *             "holdout": 500
                     *           },
                     *           "ramp": 1000,
                     *           "starts_at": "2026-03-01T12:00:00Z",
                     *           "ends_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "variants": [
                     *         {
                     *           "experiment_id": "new-shop",
                     *           "cohort": "preview",
                     *           "version": 1,
                     *           "values": {
                     *             "shop_preview": true
                     *           }
                     *         }
                     *       ],
                     *       "revision": "57"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Anything by name, up to 16 KiB of JSON.
                         * @example {
                         *       "shop_preview": true
                         *     }
                         */
                        built_in: {
                            [key: string]: unknown;
                        };
                        experiments: {
                            /**
                             * @description An experiment.
                             * @example new-shop
                             */
                            experiment_id: string;
                            /**
                             * @description Of the last start; 0 = it never ran.
                             * @example 1
                             */
                            run: number;
                            /**
                             * @example [
                             *       {
                             *         "cohort": "control",
                             *         "share": 5000
                             *       },
                             *       {
                             *         "cohort": "preview",
                             *         "share": 5000
                             *       }
                             *     ]
                             */
                            cohorts: {
                                /**
                                 * @description A cohort of an experiment.
                                 * @example preview
                                 */
                                cohort: string;
                                /**
                                 * @description In basis points; all together are 10,000.
                                 * @example 5000
                                 */
                                share: number;
                            }[];
                            /**
                             * @description The cohort that the others are held against.
                             * @example control
                             */
                            control: string;
                            targeting: {
                                [key: string]: unknown;
                            } | null;
                            layer: {
                                /**
                                 * @description A layer.
                                 * @example shop
                                 */
                                layer: string;
                                /**
                                 * @description Where its place begins, in basis points: 10,000 are the whole.
                                 * @example 0
                                 */
                                from: number;
                                /**
                                 * @description Before what its place ends, in basis points: 10,000 are the whole.
                                 * @example 5000
                                 */
                                to: number;
                                /**
                                 * @description How much of the players is in no experiment of the layer, in basis points: 10,000 are the whole.
                                 * @example 500
                                 */
                                holdout: number;
                            } | null;
                            /**
                             * @description How much of the players for whom it is takes part, in basis points: 10,000 are the whole.
                             * @example 1000
                             */
                            ramp: number;
                            starts_at: string | null;
                            ends_at: string | null;
                        }[];
                        /** @description What is set for everybody (`global`/`default`), then of the experiments. */
                        variants: {
                            /**
                             * @description An experiment.
                             * @example new-shop
                             */
                            experiment_id: string;
                            /**
                             * @description A cohort of an experiment.
                             * @example preview
                             */
                            cohort: string;
                            /**
                             * @description A version, as the history has it.
                             * @example 1
                             */
                            version: number;
                            /**
                             * @description Anything by name, up to 16 KiB of JSON.
                             * @example {
                             *       "shop_preview": true
                             *     }
                             */
                            values: {
                                [key: string]: unknown;
                            };
                        }[];
                        /**
                         * @description Another one after each change of an experiment or a configuration of the tenant.
                         * @example 57
                         */
                        revision: string;
                    };
                };
            };
        };
    };
    getConfigByExperimentIdByCohort: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
                /**
                 * @description A cohort of an experiment.
                 * @example preview
                 */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "cohort": "preview",
                     *       "version": 1,
                     *       "values": {
                     *         "shop_preview": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description A cohort of an experiment.
                         * @example preview
                         */
                        cohort: string;
                        /**
                         * @description A version, as the history has it.
                         * @example 1
                         */
                        version: number;
                        /**
                         * @description Anything by name, up to 16 KiB of JSON.
                         * @example {
                         *       "shop_preview": true
                         *     }
                         */
                        values: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    putConfigByExperimentIdByCohort: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Required: the version that was read, as its ETag has it; `"0"` where there is none yet.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
                /**
                 * @description A cohort of an experiment.
                 * @example preview
                 */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "values": {
                 *         "shop_preview": true
                 *       },
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Anything by name, up to 16 KiB of JSON.
                     * @example {
                     *       "shop_preview": true
                     *     }
                     */
                    values: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "cohort": "preview",
                     *       "version": 1,
                     *       "values": {
                     *         "shop_preview": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description A cohort of an experiment.
                         * @example preview
                         */
                        cohort: string;
                        /**
                         * @description A version, as the history has it.
                         * @example 1
                         */
                        version: number;
                        /**
                         * @description Anything by name, up to 16 KiB of JSON.
                         * @example {
                         *       "shop_preview": true
                         *     }
                         */
                        values: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    postConfigByExperimentIdByCohortRollback: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, bare or in quotes; new for each action, the same for each retry.
                 * @example attempt-7f3a
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Required: the version that was read, as its ETag has it; `"0"` where there is none yet.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
                /**
                 * @description A cohort of an experiment.
                 * @example preview
                 */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "idempotency_key": "attempt-7f3a"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A version, as the history has it.
                     * @example 1
                     */
                    version: number;
                    /**
                     * @description As the Idempotency-Key header; one of them is enough.
                     * @example attempt-7f3a
                     */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Place in the log, for Sandai-Wait-For. */
                    "Sandai-Position"?: string;
                    /** @description On a repeated answer. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "experiment_id": "new-shop",
                     *       "cohort": "preview",
                     *       "version": 1,
                     *       "values": {
                     *         "shop_preview": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description An experiment.
                         * @example new-shop
                         */
                        experiment_id: string;
                        /**
                         * @description A cohort of an experiment.
                         * @example preview
                         */
                        cohort: string;
                        /**
                         * @description A version, as the history has it.
                         * @example 1
                         */
                        version: number;
                        /**
                         * @description Anything by name, up to 16 KiB of JSON.
                         * @example {
                         *       "shop_preview": true
                         *     }
                         */
                        values: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
    };
    getConfigByExperimentIdByCohortHistory: {
        parameters: {
            query?: {
                /**
                 * @description Most items in a page.
                 * @example 20
                 */
                limit?: number;
                /** @example 18 */
                cursor?: number;
            };
            header?: {
                /**
                 * @description A Sandai-Position: the read waits up to a second until it shows that write.
                 * @example b7d177bd-c7af-48ff-a775-98b603db6d80.5-1
                 */
                "Sandai-Wait-For"?: string;
            };
            path: {
                /**
                 * @description An experiment.
                 * @example new-shop
                 */
                experiment_id: string;
                /**
                 * @description A cohort of an experiment.
                 * @example preview
                 */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description For If-None-Match; 304 when nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "version": 1,
                     *           "values": {
                     *             "shop_preview": true
                     *           },
                     *           "restores": null,
                     *           "actor": "operator:eve",
                     *           "at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            /**
                             * @description A version, as the history has it.
                             * @example 1
                             */
                            version: number;
                            /**
                             * @description Anything by name, up to 16 KiB of JSON.
                             * @example {
                             *       "shop_preview": true
                             *     }
                             */
                            values: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description The version it went back to.
                             * @example null
                             */
                            restores: number | null;
                            /** @example operator:eve */
                            actor: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-03-01T12:00:00Z
                             */
                            at: string;
                        }[];
                        /**
                         * @description For the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "dependencies": {
                     *         "database": "up"
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "ready" | "not ready";
                        /**
                         * @example {
                         *       "database": "up"
                         *     }
                         */
                        dependencies: {
                            [key: string]: "up" | "down";
                        };
                        warnings: string[];
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example process_cpu_seconds_total 1.5 */
                    "text/plain": string;
                };
            };
        };
    };
    postPspWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @example t=1772359200,v1=5d41402a5d41402a5d41402a5d41402a5d41402a5d41402a5d41402a5d41402a */
                "sandai-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description An event, signed as it is. `payment.refunded` and `payment.charged_back` take the purchase of the payment back; other types are noted. What cannot be read becomes a dead letter. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_1NG8Du",
                 *       "type": "payment.charged_back",
                 *       "store": "test",
                 *       "transaction_id": "payment-4711"
                 *     }
                 */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": true
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
        };
    };
}
