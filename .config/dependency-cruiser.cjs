const house = '^(apps|crawlers|classifiers|libs|test)/';
/** Files under `from` may reach, inside the house, only what `allowed` matches. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: house, pathNot: allowed },
});

const adapters = '^libs/[^/]+/(postgres|filesystem|memory|bullmq|in-process|warc|embedded)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'test-is-never-imported', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    only('domain-knows-nobody', '^libs/domain/', '^libs/domain/'),
    only('a-lib-knows-itself-and-the-domain', '^libs/(?!casework/|reporting/)([^/]+)/', '^libs/($1|domain)/'),
    only('use-cases-know-ports', '^libs/(casework|reporting)/', '^libs/'),
    only('crawlers-look-and-do-not-write', '^crawlers/', '^(crawlers|libs/(domain|telemetry|netguard|html))/'),
    only('classifiers-know-the-domain', '^classifiers/', '^(classifiers|libs/(domain|html))/'),
    only('programs-do-not-know-each-other', '^apps/([^/]+)/', '^(apps/($1|wiring)|crawlers|classifiers|libs)/'),
    {
      name: 'console-imports-nothing',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: house, pathNot: '^apps/console/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'nest-stays-in-apps',
      severity: 'error',
      from: { path: '^(libs|crawlers|classifiers)/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'classifiers-touch-no-network-no-database',
      severity: 'error',
      from: { path: '^classifiers/' },
      to: { path: 'node_modules/(pg|bullmq|ioredis|@crawlee|playwright|playwright-core|undici)/' },
    },
    {
      name: 'adapters-are-chosen-in-apps',
      severity: 'error',
      from: { path: '^(crawlers|classifiers|libs)/', pathNot: adapters },
      to: { path: adapters },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: '^dist',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'node', 'require', 'types', 'default'],
    },
  },
};
