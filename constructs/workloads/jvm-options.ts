import type { Container } from './workload';

const VARIABLE = 'JAVA_TOOL_OPTIONS';

/**
 * Adds options of the virtual machine to those that a container has.
 *
 * @internal
 */
export function addJvmOptions(container: Container, ...options: readonly string[]): void {
  const variable = (container.env ?? []).find(({ name }) => name === VARIABLE);
  if (variable) variable.value = [variable.value, ...options].join(' ');
  else container.env = [...(container.env ?? []), { name: VARIABLE, value: options.join(' ') }];
}
