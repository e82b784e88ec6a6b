/**
 * Indices that each region has for itself, or works off at its own pace, by the name without version and date. They are left out when
 * regions are compared.
 *
 * @see camunda/camunda, IndexDescriptors of 8.7, 8.8 and 8.9
 */
const OWN = {
  /** Grow with each login, in the region of the login. */
  sessions: ['camunda-web-session', 'operate-web-session', 'tasklist-web-session'],
  /** Written by Operate and Tasklist themselves for what users do with the v1 API. */
  operations: ['operate-operation', 'operate-batch-operation', 'tasklist-draft-task-variable', 'tasklist-task-variable'],
  /** Queues and marks of tasks that run in each region. */
  progress: [
    'operate-post-importer-queue',
    'operate-import-position',
    'tasklist-import-position',
    'operate-migration-steps-repository',
    'tasklist-migration-steps-repository',
    'camunda-history-deletion',
    'camunda-audit-log-cleanup',
  ],
  /** Written by Operate and Tasklist of 8.7 when they start or import. */
  applications: ['operate-user', 'tasklist-user', 'operate-metric', 'tasklist-metric'],
};

const OWN_BY_MINOR: Readonly<Record<string, readonly string[]>> = {
  '8.7': [...OWN.sessions, ...OWN.operations, ...OWN.progress, ...OWN.applications],
};
/** The same from 8.8 on: exporters write what the applications wrote, but for sessions and v1 operations. */
const OWN_SINCE_8_8 = [...OWN.sessions, ...OWN.operations, ...OWN.progress];

/**
 * An index without version and date: what is archived moves within it.
 *
 * @internal
 */
export function familyOf(index: string): string {
  return index.replace(/(?:[-_]\d+\.\d+\.\d+[^_]*)?_(?:\d{4}-\d{2}.*)?$/, '');
}

/** @internal */
export function isDated(index: string): boolean {
  return /_\d{4}-\d{2}[^_]*$/.test(index);
}

/** @internal */
export function isOfOneRegion(family: string, camundaVersion: string): boolean {
  return (OWN_BY_MINOR[camundaVersion] ?? OWN_SINCE_8_8).includes(family);
}
