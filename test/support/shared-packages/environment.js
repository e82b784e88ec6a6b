const vm = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { TestEnvironment } = require('jest-environment-node');
const { ModuleMocker } = require('jest-mock');

/** Stands for the context that Node.js itself begins with. */
const MAIN = {};
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
  compileFunction(code, parameters, { ...options, parsingContext: parsingContext === MAIN ? undefined : parsingContext });

/**
 * Runs each file of tests in the context of its worker instead of one of its own, so that packages which the worker has loaded know its
 * classes, its clock and its environment. What a file leaves changed in them is put back. JavaScript, because jest loads it before it compiles.
 */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { console, Date, process } = globalThis;
    this.before = { console, Date, env: process.env, variables: { ...process.env }, exitCode: process.exitCode };
    this.global = globalThis;
    this.context = MAIN;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: config.projectConfig, global: globalThis });
    globalThis.requireShared = require;
  }

  async teardown() {
    await super.teardown();
    const { env, variables, exitCode, ...globals } = this.before;
    Object.assign(globalThis, globals);
    process.env = env;
    for (const name of Object.keys(env)) if (!(name in variables)) delete env[name];
    Object.assign(env, variables);
    process.exitCode = exitCode;
  }
};
