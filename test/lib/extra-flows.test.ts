import { Party, Transport } from '../../constructs/topology/plan/flows/flows';
import { planOf } from '../../constructs/topology/plan-of';
import type { ExtraFlowSettings } from '../../constructs/topology/settings/extra-flows';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { flowChanges } from '../../lib/review/changes/flow-changes';
import { flowVerdicts } from '../../lib/review/flow-verdicts';
import { policyVerdict } from '../../lib/review/policies';
import { reachabilityOf } from '../../lib/review/reachability';
import { testApp, type SynthesisedResource } from '../support/app';
import { defaultDeployment, synthesise, templatesOf, type Deployment } from '../support/deployment';
import { objectsOf } from '../support/manifests';
import { policiesOf, type Policy } from '../support/network/network-policy-filter';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const ORCHESTRATION = { party: Party.ORCHESTRATION };
const METRICS: ExtraFlowSettings = { source: { namespace: 'monitoring' }, target: ORCHESTRATION, port: 9999, purpose: 'metrics' };
const CLIENTS: ExtraFlowSettings = { source: { cidr: '10.50.0.0/16' }, target: ORCHESTRATION, port: 26500, purpose: 'workers' };
const MAIL: ExtraFlowSettings = { source: { party: Party.CONNECTORS }, target: { cidr: '0.0.0.0/0' }, port: 587, purpose: 'mail' };

function withFlows(...extraFlows: ExtraFlowSettings[]): DualRegionSettings {
  return { ...DEFAULT_SETTINGS, extraFlows };
}

/** Rules of policies that are there because of the flows, with the name of the policy. */
function addedRules(regionId: number, ...flows: ExtraFlowSettings[]): unknown[] {
  const rulesOf = (settings: DualRegionSettings): string[] =>
    policiesOf(objectsOf(regionId, settings)).flatMap(({ metadata, spec }: Policy) =>
      [...(spec.ingress ?? []), ...(spec.egress ?? [])].map(rule => JSON.stringify([metadata.name, rule])),
    );
  const before = rulesOf(DEFAULT_SETTINGS);
  const after = rulesOf(withFlows(...flows));
  expect(after).toEqual(expect.arrayContaining(before));
  return after.filter(rule => !before.includes(rule)).map(rule => JSON.parse(rule) as unknown);
}

describe('network policies open exactly', () => {
  const MONITORING = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };

  test('a port from a namespace, in both regions', () => {
    for (const regionId of [0, 1]) {
      expect(addedRules(regionId, METRICS)).toEqual([['orchestration', { from: [MONITORING], ports: [{ port: 9999, protocol: 'TCP' }] }]]);
    }
  });

  test('a port from a namespace of either region, which is the VPC of the other one', () => {
    const ports = [{ port: 9999, protocol: 'TCP' }];
    expect(addedRules(0, { ...METRICS, crossRegion: true })).toEqual([
      ['orchestration', { from: [MONITORING, { ipBlock: { cidr: '10.202.0.0/16' } }], ports }],
    ]);
  });

  test('a port from a range, in the one region that is named', () => {
    const flow = { ...CLIENTS, transport: Transport.UDP, regionId: 1 };
    expect(addedRules(0, flow)).toEqual([]);
    expect(addedRules(1, flow)).toEqual([
      ['orchestration', { from: [{ ipBlock: { cidr: '10.50.0.0/16' } }], ports: [{ port: 26500, protocol: 'UDP' }] }],
    ]);
  });

  test('a port to a range, without what of it is inside', () => {
    const except = ['169.254.0.0/16', '10.192.0.0/16', '10.190.0.0/16', '10.202.0.0/16', '10.200.0.0/16'];
    expect(addedRules(0, MAIL)).toEqual([
      ['connectors', { to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }], ports: [{ port: 587, protocol: 'TCP' }] }],
    ]);
    expect(addedRules(0, { ...MAIL, target: { cidr: '203.0.113.0/24' } })).toEqual([
      ['connectors', { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 587, protocol: 'TCP' }] }],
    ]);
  });

  test('each namespace and each range for itself', () => {
    const others = [{ ...METRICS, source: { namespace: 'audit' } }, CLIENTS, { ...CLIENTS, source: { cidr: '10.60.0.0/16' } }];
    expect(addedRules(0, METRICS, ...others)).toHaveLength(4);
  });
});

describe('templates and review', () => {
  const settings = withFlows({ ...METRICS, crossRegion: true }, CLIENTS, { ...CLIENTS, target: { party: Party.CONNECTORS } }, MAIL);
  let deployment: Deployment;
  beforeAll(() => {
    const app = testApp();
    deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', settings));
  });

  const groupRules = (one: Deployment, stack: string): unknown[] =>
    Object.values((one.stacks[stack].template as { Resources: Record<string, SynthesisedResource> }).Resources)
      .filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => [Properties.CidrIp, Properties.IpProtocol, Properties.FromPort, Properties.ToPort]);

  test.each(['Region0', 'Region1'])('security groups of %s open the range, the crossing port, and nothing else', stack => {
    const before = groupRules(defaultDeployment(), stack);
    const peer = stack === 'Region0' ? '10.202.0.0/16' : '10.192.0.0/16';
    const added = groupRules(deployment, stack).filter(rule => !before.some(one => JSON.stringify(one) === JSON.stringify(rule)));
    expect(added).toEqual([
      [peer, 'tcp', 9999, 9999],
      ['10.50.0.0/16', 'tcp', 26500, 26500],
    ]);
    expect(groupRules(deployment, stack)).toHaveLength(before.length + 2);
  });

  test('the check of what can cross expects the crossing flow, and would miss it', () => {
    const { topology } = deployment.construct;
    const { flows, findings } = reachabilityOf(topology, templatesOf(deployment));
    expect(findings).toEqual([]);
    expect(flows.filter(({ fromPort }) => fromPort === 9999)).toHaveLength(2);
    const without = reachabilityOf(topology, templatesOf(defaultDeployment())).findings;
    expect(new Set(without.map(({ rule }) => rule))).toEqual(new Set(['missing-flow']));
    expect(without.every(({ message }) => message.includes('TCP 9999 to nodes'))).toBe(true);
    const unasked = reachabilityOf(Topology.of(DEFAULT_SETTINGS), templatesOf(deployment)).findings;
    expect(new Set(unasked.map(({ rule }) => rule))).toEqual(new Set(['unexpected-flow']));
  });

  test('the review finds a policy for each of them, and none where it is missing', () => {
    const { topology } = deployment.construct;
    const added = topology.flows.slice(defaultDeployment().construct.topology.flows.length);
    expect(added).toHaveLength(4);
    const rendered = (of: DualRegionSettings) => ({
      stacks: [],
      manifests: [0, 1].map(id => [{ name: '10', objects: objectsOf(id, of) as never }]),
    });
    for (const flow of added) {
      expect(policyVerdict(topology, rendered(settings), 0, flow)).toMatchObject({ admitting: [expect.any(String)], lacking: [] });
      expect(policyVerdict(topology, rendered(DEFAULT_SETTINGS), 0, flow)).toMatchObject({ admitting: [], lacking: [expect.any(String)] });
    }
    expect(
      flowVerdicts(topology, templatesOf(deployment)).filter(({ flow, obstacles }) => flow.port === 9999 && obstacles.length === 0),
    ).toHaveLength(2);
  });

  test('a review tells each as an opened flow, by what it is between', () => {
    const state = (of: DualRegionSettings) => ({
      topology: Topology.of(of),
      settings: planOf(Topology.of(of)).settings,
      stacks: [],
      manifests: [[], []],
    });
    const ids = flowChanges(state(DEFAULT_SETTINGS) as never, state(settings) as never).map(({ id }) => id);
    expect(ids).toEqual([
      'flow-opened:namespace-monitoring-orchestration-9999-TCP-across',
      'flow-opened:10.50.0.0-16-orchestration-26500-TCP',
      'flow-opened:10.50.0.0-16-connectors-26500-TCP',
      'flow-opened:connectors-0.0.0.0-0-587-TCP',
    ]);
  });
});
