import type { NodeGroupSettings, TaintSettings } from '../../../constructs/topology/settings/node-groups';
import type { NodeSettings } from '../../../constructs/topology/settings/nodes';
import type { TolerationSettings } from '../../../constructs/topology/settings/pod';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

const TAINT: TaintSettings = { key: 'dedicated', value: 'workers', effect: 'NoSchedule' };
const GROUP: NodeGroupSettings = { name: 'workers', instanceType: 'm6i.large', perZone: 1, taints: [TAINT] };
const SPOT: NodeGroupSettings = { ...GROUP, capacityType: 'SPOT' };

const nodes = (changes: NodeSettings): DualRegionSettings => withSettings({ nodes: changes });
const group = (changes: Partial<NodeGroupSettings>): DualRegionSettings => nodes({ groups: [{ ...GROUP, ...changes }] });
const untyped = (changes: Record<string, unknown>): DualRegionSettings => nodes(changes);
const taint = (changes: Partial<TaintSettings>): DualRegionSettings => group({ taints: [{ ...TAINT, ...changes }, TAINT] });
const tolerating = (groups: NodeGroupSettings[], ...tolerations: TolerationSettings[]): DualRegionSettings => ({
  ...nodes({ groups }),
  orchestration: { pod: { tolerations } },
});

/** Nodes that cannot be, or that Camunda must not run on. */
export const NODE_ERRORS: Row[] = [
  ['ami-family', 'nodes.amiFamily', 'Ubuntu', nodes({ amiFamily: 'Ubuntu' })],
  ['capacity-type', 'nodes.capacityType', 'SPOT', nodes({ capacityType: 'SPOT' })],
  ['capacity-type', 'nodes.groups[0].capacityType', 'RESERVED', group({ capacityType: 'RESERVED' })],
  ['node-label', 'nodes.labels', 'team', untyped({ labels: 'team' })],
  ...['kubernetes.io/role', 'node.kubernetes.io/x', 'eks.amazonaws.com/y', 'k8s.io/z'].map((name): Row => {
    return ['node-label', `nodes.labels.${name}`, 'a', nodes({ labels: { [name]: 'a' } })];
  }),
  ['node-label', 'nodes.labels.team', 5, untyped({ labels: { team: 5 } })],
  ['node-label', 'nodes.groups[0].labels.team', 'a b', group({ labels: { team: 'a b' } })],
  ['node-policy', 'nodes.managedPolicies', 'ReadOnlyAccess', untyped({ managedPolicies: 'ReadOnlyAccess' })],
  ['node-policy', 'nodes.managedPolicies[0]', 'arn:aws:iam::aws:role/x', nodes({ managedPolicies: ['arn:aws:iam::aws:role/x'] })],
  ['number', 'nodes.systemReserved.cpuMillis', -1, nodes({ systemReserved: { cpuMillis: -1 } })],
  ['number', 'nodes.systemReserved.memoryMiB', 0.5, nodes({ systemReserved: { memoryMiB: 0.5 } })],
  ['capacity', 'nodes.perZone', 2, nodes({ instanceType: 'm6i.xlarge', perZone: 2, systemReserved: { memoryMiB: 8192 } })],
  ['node-group', 'nodes.groups', 'workers', untyped({ groups: 'workers' })],
  ['node-group', 'nodes.groups[0]', 'workers', untyped({ groups: ['workers'] })],
  ['node-group', 'nodes.groups[0].name', 'Workers', group({ name: 'Workers' })],
  ['node-group', 'nodes.groups[1].name', 'workers', nodes({ groups: [GROUP, GROUP] })],
  ['instance-type', 'nodes.groups[0].instanceType', 'large', group({ instanceType: 'large' })],
  ['number', 'nodes.groups[0].perZone', 0, group({ perZone: 0 })],
  ['number', 'nodes.groups[0].maxPerZone', 1, group({ perZone: 2, maxPerZone: 1 })],
  ['node-taint', 'nodes.groups[0].taints', 'dedicated', untyped({ groups: [{ ...GROUP, taints: 'dedicated' }] })],
  ['node-taint', 'nodes.groups[0].taints[0].key', '', taint({ key: '' })],
  ['node-taint', 'nodes.groups[0].taints[0].value', 'a b', taint({ value: 'a b' })],
  ['node-taint', 'nodes.groups[0].taints[0].effect', 'NO_SCHEDULE', taint({ effect: 'NO_SCHEDULE' })],
  ['node-group-taint', 'nodes.groups[0].taints', [], group({ taints: [] })],
  ['node-group-taint', 'nodes.groups[0].taints', ['PreferNoSchedule'], group({ taints: [{ ...TAINT, effect: 'PreferNoSchedule' }] })],
  ...([{ operator: 'Exists' }, { key: 'dedicated', operator: 'Exists' }, TAINT, { key: 'dedicated', value: 'workers' }] as const).map(
    (toleration): Row => ['spot-tolerated', 'orchestration.pod.tolerations', [toleration], tolerating([SPOT], toleration)],
  ),
];

/** What only warns. */
export const NODE_WARNINGS: Row[] = [
  ['graviton', 'nodes.instanceType', 'm7g.xlarge', withSettings({ camunda: { version: '8.8' }, nodes: { instanceType: 'm7g.xlarge' } })],
];

/** What is allowed. */
export const NODES_ALLOWED: [string, DualRegionSettings][] = [
  ['Graviton with 8.9', nodes({ instanceType: 'm7g.xlarge' })],
  ['Bottlerocket with a release', { ...nodes({ amiFamily: 'Bottlerocket' }), kubernetes: { nodeRelease: '1.51.0-47438798' } }],
  [
    'labels, policies and room for agents',
    nodes({
      labels: { team: 'a' },
      managedPolicies: ['AmazonSSMManagedInstanceCore', 'arn:aws:iam::123456789012:policy/agents'],
      systemReserved: { cpuMillis: 100 },
    }),
  ],
  ['Spot nodes that Connectors tolerate', { ...nodes({ groups: [SPOT] }), connectors: { pod: { tolerations: [TAINT] } } }],
  ['brokers on further nodes on demand', tolerating([GROUP], TAINT)],
  [
    'brokers that tolerate one of two taints of Spot nodes',
    tolerating([{ ...SPOT, taints: [TAINT, { key: 'spot', effect: 'NoSchedule' }] }], TAINT),
  ],
  ['brokers that tolerate another value', tolerating([SPOT], { key: 'dedicated', value: 'brokers' })],
  ['brokers that tolerate another effect', tolerating([SPOT], { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' })],
];
