const unit = require('./jest.config.js');

/**
 * The proofs of `npm run e2e`. They need its bed: jest alone can't run them.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/proofs/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/e2e/runner/by-name.js',
  testTimeout: 120_000,
};
