const path = require('node:path');

// ESM-only packages a CommonJS house loads: plain node can, jest must transform them.
const esmOnly = [
  '@electric-sql',
  'parse5',
  'entities',
  'tldts',
  'tldts-core',
  'warcio',
  'csv-parse',
  'uuid-random',
  'opencc-js',
  'hash-wasm',
  'base32-encode',
  'to-data-view',
  'pako',
];

const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

module.exports = {
  rootDir: path.resolve(__dirname, '..'),
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,crawlers,classifiers,libs,test}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/apps/console/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons', 'require', 'default'] },
  transform: { '^.+\\.[cm]?[jt]s$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
