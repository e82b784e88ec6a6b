/** Whether a version of Camunda is a certain minor version of 8, or a newer one. */
export function isSince(version: string, minor: number): boolean {
  return Number(version.split('.')[1]) >= minor;
}
