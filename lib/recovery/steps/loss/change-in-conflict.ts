import type { HttpResponse } from '../../calls/http';
import { isJson, parsed, textOf } from '../../calls/readings';
import type { PendingChange } from '../../view/pending-change';

/** Names in the engine of what the management API calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  MEMBER_JOIN: 'BROKER_ADD',
  MEMBER_LEAVE: 'BROKER_REMOVE',
  MEMBER_REMOVE: 'BROKER_FORCE_REMOVE',
};

/**
 * What the refusal of a change says of the one that is pending: its id from 8.10 on, and before that the whole configuration of the cluster, as the engine writes
 * it into its logs. Nobody promises either form, so that it decides nothing but words, and whether it is a removal.
 *
 * @see camunda/camunda, zeebe/dynamic-config: ConfigurationChangeCoordinatorImpl.validateTopologyChangeRequest, ClusterChangePlan
 *
 * @internal
 */
export function changeInConflict({ text }: HttpResponse): PendingChange | undefined {
  const value = parsed(text);
  const message = isJson(value) ? textOf(value.message) : text;
  const plan = /ClusterChangePlan\[id=(\d+)(.*)/s.exec(message);
  const id = plan?.[1] ?? /configuration change \[(\d+)\]/.exec(message)?.[1];
  if (id === undefined) return undefined;
  const [, rest = ''] = /pendingOperations=\[(.*)/s.exec(plan?.[2] ?? '') ?? [];
  const operations = [...rest.matchAll(/\b([A-Z]\w*?)Operation\[memberId=([\w-]+)/g)];
  return {
    id: Number(id),
    startedAt: /startedAt=([^,\]]+)/.exec(plan?.[2] ?? '')?.[1] ?? '',
    operations: operations.map(([, name]) => nameOf(name)),
    ...(operations.length === 0 ? {} : { brokerIds: [...new Set(operations.map(([, , member]) => member))] }),
  };
}

function nameOf(operation: string): string {
  const name = operation.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return NAMES[name] ?? name;
}
