import { message, type Answer, type Question } from './answer';
import type { EngineModel } from './engine-model';
import { indexOf } from './member-id';
import { isSince } from './since';

/** Stand-in for `GET /v2/topology`: the view of a gateway, which needs no coordinator. */
export function restAnswer(model: EngineModel, { method, path }: Question): Answer {
  if (method !== 'GET' || path !== '/v2/topology') return message(404, `no ${method} ${path}`);
  const { partitions, members } = model;
  return {
    status: 200,
    body: {
      brokers: model.seen().map(id => ({
        nodeId: indexOf(id),
        ...(isSince(model.topology.camundaVersion, 10) ? { brokerId: id } : {}),
        host: `broker-${id}`,
        port: 26501,
        version: model.topology.camundaVersion,
        partitions: members.has(id)
          ? [...partitions]
              .filter(([, replicas]) => replicas.has(id))
              .map(([partitionId]) => ({
                partitionId,
                role: model.leaderOf(partitionId) === id ? 'leader' : 'follower',
                health: model.hasQuorum(partitionId) ? 'healthy' : 'unhealthy',
              }))
          : [],
      })),
      clusterSize: members.size,
      partitionsCount: partitions.size,
      replicationFactor: Math.min(...[...partitions.values()].map(replicas => replicas.size)),
      gatewayVersion: model.topology.camundaVersion,
    },
  };
}
