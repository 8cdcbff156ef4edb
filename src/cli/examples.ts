import type { Command } from 'commander';

/** An example for each command whose help has none of its own, by the words that call it. */
const examples: Readonly<Record<string, readonly string[]>> = {
  start: ['start --port 9000 --data-dir ./data', 'start --config production.json'],
  migrate: ['migrate'],
  token: ['token --role admin', 'token --role ops --tenant acme --subject maria --ttl 8h'],
  'keys list': ['keys list'],
  'keys generate': ['keys generate'],
  'keys rotate': ['keys rotate jwt'],
  'keys rewrap': ['keys rewrap'],
  'tenant create': ['tenant create acme'],
  'tenant list': ['tenant list'],
  'tenant disable': ['tenant disable acme'],
  'tenant enable': ['tenant enable acme'],
  'service-key create': ['service-key create --name match-host --scopes scores:write,players:read'],
  'service-key list': ['service-key list'],
  'service-key rotate': ['service-key rotate 0123456789abcdef'],
  'service-key revoke': ['service-key revoke 0123456789abcdef'],
  receipt: ['receipt --product gems-500'],
  'projections list': ['projections list --json'],
  'projections describe': ['projections describe > docs/projections.md'],
  'projections status': ['projections status'],
  'projections rebuild': ['projections rebuild leaderboards --max-rate 20000'],
  'projections prune': ['projections prune --grace 0'],
  'projections poison list': ['projections poison list'],
  'projections poison retry': ['projections poison retry leaderboards#g1 3 1200'],
  'projections poison skip': ['projections poison skip leaderboards#g1 3 1200'],
  'experiments report': ['experiments report cookie-cats --csv cookie_cats.csv.gz --html report.html'],
  configuration: ['configuration'],
  errors: ['errors > docs/errors.md'],
};

/** Adds the examples to the commands' help. */
export function addExamples(command: Command, words: readonly string[] = []): void {
  const lines = examples[words.join(' ')];
  if (lines !== undefined)
    command.addHelpText(
      'after',
      `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  npx sandai ${line}`).join('\n')}`,
    );
  for (const each of command.commands) addExamples(each, [...words, each.name()]);
}
