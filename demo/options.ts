import { parseArgs } from 'node:util';

export const usage = `npm run demo -- [matches.csv[.gz]] [options]
  Plays a season over HTTP. The file has the columns winner_id, winner_name, loser_id, loser_name, one finished match a
  row; without one a season is made up. Without --url a server of its own runs on a throw-away database.
  --url <http://host:port>   play against a running server
  --admin-token <token>      for --url: opens the season (npx sandai token --role admin); or DEMO_ADMIN_TOKEN
  --client-key <key>         for --url: names the tenant; or DEMO_CLIENT_KEY
  --data-dir <directory>     for --url: that of the server, to rebuild its leaderboards too; or DATABASE_URL
  --clients <n>              matches under way at once, 64 when left out
  --matches <n>              length of a made-up season, 2000 when left out`;

export type DemoOptions = {
  readonly file: string | undefined;
  readonly url: string | undefined;
  readonly adminToken: string | undefined;
  readonly clientKey: string | null;
  readonly dataDir: string | undefined;
  readonly clients: number;
  readonly matches: number;
  readonly help: boolean;
};

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`--${name} is a whole number from 1 to ${most}, not "${text}".`);
  return value;
}

/** Reads the command line.
 *  @throws Error with one line that says what is wrong with it */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'admin-token': { type: 'string' },
      'client-key': { type: 'string' },
      'data-dir': { type: 'string' },
      clients: { type: 'string', default: '64' },
      matches: { type: 'string', default: '2000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (positionals.length > 1) throw new Error(`one file at a time, not ${positionals.join(', ')}.`);
  const url = values.url?.replace(/\/+$/, '');
  if (url !== undefined && !/^https?:\/\/[^/]+$/.test(url))
    throw new Error(`--url is like http://localhost:8080, not "${url}".`);
  const adminToken = values['admin-token'] ?? env['DEMO_ADMIN_TOKEN'];
  if (url !== undefined && !adminToken && !values.help)
    throw new Error('--url needs --admin-token: npx sandai token --role admin prints one.');
  return {
    file: positionals[0],
    url,
    adminToken,
    clientKey: values['client-key'] ?? env['DEMO_CLIENT_KEY'] ?? null,
    dataDir: values['data-dir'],
    clients: wholeNumber('clients', values.clients, 10_000),
    matches: wholeNumber('matches', values.matches, 1_000_000),
    help: values.help,
  };
}
