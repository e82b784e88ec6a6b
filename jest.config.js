/** What all kinds of tests share. */
const common = {
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/'],
  // Mutation testing keeps copies of the project in one, the bed its databases in the other, whose files are named like snapshots of Jest.
  modulePathIgnorePatterns: ['<rootDir>/reports/', '<rootDir>/.bed/'],
  transform: {
    '/@kubernetes/client-node/dist/index\\.js$': '<rootDir>/test/support/bundled-package.js',
    '\\.(tsx?|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // These are ES modules, which the modules that jest loads cannot require.
  transformIgnorePatterns: ['/node_modules/(?!(preact|@kubernetes/client-node)/)'],
};

/**
 * Packages that the files of a worker share, as one program would: to load the CDK anew for each of them takes a third of the time of all
 * tests. Their own code is loaded for each file.
 */
const SHARED = '(aws-cdk-lib|constructs|cdk8s|cdk8s-plus-28|@aws-cdk/[^/]+|ajv|esbuild|fast-check|typescript|yaml|zod)';
const sharing = {
  testEnvironment: '<rootDir>/test/support/shared-packages/environment.js',
  transform: { [`/node_modules/${SHARED}/`]: '<rootDir>/test/support/shared-packages/transformer.js', ...common.transform },
  transformIgnorePatterns: [`/node_modules/(?!(preact|@kubernetes/client-node|${SHARED})/)`],
};

/**
 * A project for each kind of tests: `npm test` runs `unit`, CONTRIBUTING.md says what runs the others. They all give `--maxWorkers 100%`: by
 * default one core would stay idle, which is half of a small machine.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  // A time-out is for what hangs, not for what a busy machine makes slow. Jest reads none of a project.
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      ...sharing,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/e2e/',
        '<rootDir>/test/recovery/full/',
        '<rootDir>/test/page/',
        '<rootDir>/test/certificates/readers/',
        '<rootDir>/test/monitoring/readers/',
      ],
      setupFiles: ['<rootDir>/test/support/shifted-clock.js'],
      setupFilesAfterEnv: ['<rootDir>/test/support/file-snapshots.ts'],
    },
    { ...common, displayName: 'recovery', testMatch: ['<rootDir>/test/recovery/full/*.test.ts'] },
    // A real browser.
    { ...common, displayName: 'page', testMatch: ['<rootDir>/test/page/*.test.ts'] },
    // OpenSSL, Java and promtool.
    { ...common, displayName: 'readers', testMatch: ['<rootDir>/test/{certificates,monitoring}/readers/*.test.ts'] },
    // They need the bed of `npm run e2e`: jest alone cannot run them.
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/proofs/*.test.ts'] },
  ],
};
