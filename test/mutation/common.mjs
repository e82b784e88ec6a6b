import jest from '../../jest.config.js';

const projectOf = name => jest.projects.find(({ displayName }) => displayName === name);
// All tests are in one file, so that files have nothing to share.
const { transform, transformIgnorePatterns } = projectOf('recovery');

/** What both runs share. */
export function mutationOf(name, folder, more = {}) {
  return {
    mutate: [`${folder}/**/*.ts`],
    testRunner: 'jest',
    jest: {
      projectType: 'custom',
      config: {
        ...projectOf('unit'),
        transform,
        transformIgnorePatterns,
        displayName: undefined,
        // What is not named here is taken from jest.config.js, and each of its projects would run the same tests.
        projects: [],
        testTimeout: jest.testTimeout,
        testEnvironment: './test/mutation/first-failure.js',
        testMatch: [`<rootDir>/test/mutation/${name}.mutation.ts`],
        testPathIgnorePatterns: ['/node_modules/'],
      },
      enableFindRelatedTests: false,
    },
    plugins: ['@stryker-mutator/jest-runner'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // Jest keeps something of every run: after some hundred, a process that is used again is five times as slow.
    maxTestRunnerReuse: 50,
    // An endless loop is what this is for; a busy machine must not be taken for one.
    timeoutMS: 20_000,
    thresholds: { high: 95, low: 90, break: 85 },
    incremental: true,
    incrementalFile: `reports/mutation/${name}-incremental.json`,
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `reports/mutation/${name}.html` },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    ignorePatterns: ['.bed', 'dist', 'reports', 'test/e2e'],
    tempDirName: 'reports/stryker',
    ...more,
  };
}
