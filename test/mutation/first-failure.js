const { TestEnvironment } = require('jest-environment-node');

/** Tests that read sources, which are instrumented here. */
const READ_SOURCES = ['every rule of the topology is tripped here'];

/** Runs no test after one that failed: one is enough to notice a mutant. Jest's `bail` stops between files only, and there is one. */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.hasFailed = true;
    if (event.name === 'test_start' && (this.hasFailed || READ_SOURCES.includes(event.test.name))) event.test.mode = 'skip';
  }
};
