import { compareTemplates } from '../../../../bin/review/base-comparison';
import { Effect, isMilder } from '../../../../constructs/topology/settings/rows/later';
import type { DualRegionSettings } from '../../../../constructs/topology/settings/settings';
import { changesBetween } from '../../../../lib/review/changes/changes-between';
import { derivedEffects } from '../../../../lib/review/changes/derived-effects';
import { laterOf } from '../../../../lib/review/changes/later-of';
import { changedSettings } from '../../../../lib/review/changes/setting-notices';
import { stateFor } from '../../../support/settings/states';

// Warnings about the changed settings.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** Settings of which a row says more than follows from the descriptions, with the reason. */
const MORE_THAN_DERIVED: Readonly<Record<string, string>> = {
  'camunda.version': 'data is migrated',
  'camunda.migratingFrom': 'data is migrated',
  'camunda.zones': 'brokers have other ids',
  'regions.0.zone.name': 'brokers have other ids',
  'camunda.partitionCount': 'partitions are made by a call',
  'documents.store': 'documents that are there are not found any more',
  'elasticsearch.volumeGiB': 'the operator refuses a smaller one, and EBS a second change within hours',
  'nodes.groups': 'groups that go: one is made here',
  'nodes.perZone': 'fewer nodes: more are changed here',
  'orchestration.exporters': 'one that goes is disabled by a call',
  'recovery.recreatedRegion': 'it is a phase of a failback',
  patches: 'any field may be patched',
  retainVolumes: 'volumes that are there keep their policy',
  'tls.betweenBrokers': 'brokers of both kinds do not understand each other',
  'tls.enabled': 'clients change with it',
  traffic: 'names lead elsewhere, and what is made anew is not there meanwhile',
  'users.oidc': 'sessions end, and clients change with it',
};

/** Expects that what follows from both descriptions is what the rows of the changed settings say, and that a harsh change is a dangerous one. */
export function expectStated(from: DualRegionSettings, to: DualRegionSettings, paths: readonly string[]): void {
  const [base, head] = [from, to].map(settings => stateFor(settings));
  const derived = derivedEffects(base, head, compareTemplates);
  const worst = harshest(derived.map(({ effect }) => effect));
  const fields = changedSettings(base, head).map(({ field }) => field);
  const stated = harshest(fields.map(field => laterOf(field)?.effect ?? Effect.UNNOTICED));
  const causes = derived.filter(({ effect }) => effect === worst).map(({ cause }) => cause);
  const told = { fields, stated, derived: worst, causes: [...new Set(causes)] };
  if (paths.some(path => path in MORE_THAN_DERIVED))
    expect({ ...told, milder: isMilder(stated, worst) }).toEqual({ ...told, milder: false });
  else expect(told).toEqual({ ...told, stated: worst });
  if (stated !== Effect.FIXED) return;
  const dangers = changesBetween(base, head, compareTemplates).filter(({ danger }) => danger === 'dangerous');
  expect({ ...told, dangers: dangers.map(({ id }) => id) }).not.toEqual({ ...told, dangers: [] });
}

function harshest(effects: readonly Effect[]): Effect {
  return effects.reduce((worst, effect) => (isMilder(worst, effect) ? effect : worst), Effect.UNNOTICED);
}
