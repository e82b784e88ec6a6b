/** Takes a module of a shared package from the worker, which loads it once. JavaScript, because it is what compiles the rest. */
module.exports = {
  process: (_, file) => ({ code: `module.exports = globalThis.requireShared(${JSON.stringify(file)});` }),
  getCacheKey: (_, file) => `shared ${file}`,
};
