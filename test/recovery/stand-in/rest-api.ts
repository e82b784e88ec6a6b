import { message, type Answer, type Question } from './answer';
import type { EngineModel } from './engine-model';

/** Stand-in for `GET /v2/topology`: the view of a gateway, which needs no coordinator. */
export function restAnswer(model: EngineModel, { method, path }: Question): Answer {
  if (method !== 'GET' || path !== '/v2/topology') return message(404, `no ${method} ${path}`);
  const { partitions, members } = model;
  return {
    status: 200,
    body: {
      brokers: model.seen().map(nodeId => ({
        nodeId,
        host: `broker-${nodeId}`,
        port: 26501,
        version: model.topology.camundaVersion,
        partitions: members.has(nodeId)
          ? [...partitions]
              .filter(([, replicas]) => replicas.has(nodeId))
              .map(([partitionId]) => ({
                partitionId,
                role: model.leaderOf(partitionId) === nodeId ? 'leader' : 'follower',
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
