/**
 * The import laws of docs/architecture.md. Change both together.
 *
 * A room is a folder of src/ (or a single file). Each line says what a room may import besides itself.
 */
const rooms = {
  base: [],
  contract: ['base'],
  'transaction.ts': ['base', 'contract'],
  client: ['base', 'contract'],
  feed: ['base', 'contract', 'transaction.ts'],
  outbox: ['base', 'transaction.ts'],
  sync: ['base', 'contract', 'transaction.ts', 'client', 'feed', 'outbox'],
  door: ['base', 'sync'],
  program: ['base', 'contract', 'transaction.ts', 'client'],
  seed: ['base', 'client', 'feed', 'sync', 'program'],
  rules: ['base', 'contract'],
  verify: ['base', 'contract', 'client', 'program'],
  insight: ['base', 'contract', 'client'],
  emulator: ['base', 'contract', 'rules'],
  simulation: ['base', 'contract', 'transaction.ts', 'client', 'feed', 'program', 'rules', 'emulator'],
  ruleCases: ['base', 'contract', 'client', 'program', 'rules', 'emulator', 'simulation'],
  cli: ['base', 'client', 'sync', 'door', 'program', 'seed', 'rules', 'simulation', 'ruleCases', 'insight'],
  'index.ts': ['contract', 'transaction.ts', 'client'],
};

/** A room as a pattern: the folder with all in it, or exactly the file. */
const inRoom = (room) => `^src/${room.endsWith('.ts') ? `${room.replace('.', '\\.')}$` : `${room}/`}`;

const mayImport = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports-only`,
  comment: `src/${room} may import ${allowed.join(', ') || 'nothing'} of ours.`,
  severity: 'error',
  from: { path: inRoom(room) },
  to: { path: '^src/', pathNot: [room, ...allowed].map(inRoom) },
}));

module.exports = {
  forbidden: [
    ...mayImport,
    {
      name: 'every-room-has-a-law',
      comment: 'A new room needs a line in the table above and in docs/architecture.md.',
      severity: 'error',
      from: { path: '^src/', pathNot: [...Object.keys(rooms).map(inRoom), '^src/commands/'] },
      to: {},
    },
    {
      name: 'cli-knows-only-types-of-sync',
      comment:
        'Commands that deliver nothing do not load the engine. What the sync commands share is in cli/sync, and what ' +
        'keyed commands share is in cli/keyedCommand.ts.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/(sync/|keyedCommand\\.ts$)' },
      to: { path: '^src/sync/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'commands-use-public-faces',
      comment: 'A command imports cli, base, and the index.ts of a room: what it can do, middleware can do too.',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^src/', pathNot: ['^src/(cli|base)/', '^src/[a-zA-Z]+/index\\.ts$', '^src/transaction\\.ts$'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'sync-without-the-cli-stack',
      comment: 'Middleware imports ./sync without loading @salesforce/core or oclif.',
      severity: 'error',
      from: { path: '^src/(sync|door)/' },
      to: { path: 'node_modules/(@salesforce/core|@salesforce/sf-plugins-core|@oclif/[^/]+)/', reachable: true },
    },
    {
      name: 'ships-what-it-imports',
      comment: 'src/ is published: whatever it imports is a dependency (or an optional peer), not a dev dependency.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer', 'npm-optional'],
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
