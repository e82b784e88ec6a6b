import { setFlagsFromString } from 'node:v8';

/**
 * Lets CloudFormation's rules, which are WebAssembly, run as they are loaded. They run for a second, and Node.js would compile most of them
 * again, as if they ran for long: that takes a quarter of a synthesis.
 */
export function quickRules(): void {
  setFlagsFromString('--wasm-tiering-budget=180000000');
}
