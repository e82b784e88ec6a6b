const { default: Sequencer } = require('@jest/test-sequencer');

/** Files in the order of their names: the number in front of a proof's name is its turn. */
module.exports = class ByName extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
};
