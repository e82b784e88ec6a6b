/**
 * Name of the priority class of pods that keep data. It stands outside of every namespace, so that it begins with the
 * release's name.
 *
 * @internal
 */
export function dataPriorityName(release: string): string {
  return `${release}-data`;
}
