/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // A time-out is for what hangs, not for what a busy machine makes slow.
  testTimeout: 60_000,
  // By default one core would stay idle, which is half of a small machine.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/recovery/full/', '<rootDir>/test/page/'],
  // Mutation testing keeps copies of the project there.
  modulePathIgnorePatterns: ['<rootDir>/reports/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
};
