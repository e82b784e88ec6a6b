const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { buildSync } = require('esbuild');

const LOCK = require.resolve('../../package-lock.json');

/** Makes one CommonJS module of a package of ES modules, with all that it imports: jest loads no others. JavaScript, because it is what compiles the rest. */
module.exports = {
  process: (_, file) => {
    const { outputFiles } = buildSync({
      entryPoints: [file],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      minifyWhitespace: true,
      write: false,
    });
    return { code: outputFiles[0].text };
  },
  // What a file of the package imports is in its code, too.
  getCacheKey: (_, file) => createHash('sha256').update(file).update(readFileSync(LOCK)).digest('hex'),
};
