import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';
import { changesFrom } from '../../support/findings/found-changes';
import { withSettings } from '../../support/settings/changed-settings';
import { manifestStateFor } from '../../support/settings/states';

type Documents = NonNullable<DualRegionSettings['documents']>;

const state = (documents: Documents): DeploymentState => manifestStateFor(withSettings({ documents }));

/** What is said of documents, as `danger id`. */
function said(from: DeploymentState, to: DeploymentState): string[] {
  return changesFrom(from, to)
    .filter(({ kind }) => kind.startsWith('document'))
    .map(({ danger, id }) => `${danger} ${id}`);
}
const changes = (from: Documents, to: Documents): string[] => said(state(from), state(to));

test('documents in S3 are not found any more by brokers that keep them in memory', () => {
  expect(changes({ store: 's3' }, {})).toEqual(['dangerous document-store-changed:memory']);
});

test('documents in memory go with the restart that a bucket takes, as they do with any', () => {
  expect(changes({}, { store: 's3', deleteAfterDays: 90 })).toEqual(['notice document-store-changed:s3']);
});

test('an age, or a lower one, deletes documents that are there', () => {
  expect(changes({ store: 's3' }, { store: 's3', deleteAfterDays: 90 })).toEqual(['dangerous documents-shortened:deleteAfterDays']);
  const older = { store: 's3', deleteAfterDays: 180 };
  expect(changes(older, { store: 's3', deleteAfterDays: 90 })).toEqual(['dangerous documents-shortened:deleteAfterDays']);
});

test('documents may be kept for longer, or for ever', () => {
  expect(changes({ store: 's3', deleteAfterDays: 90 }, { store: 's3', deleteAfterDays: 180 })).toEqual([]);
  expect(changes({ store: 's3', deleteAfterDays: 90 }, { store: 's3' })).toEqual([]);
});

test('a base of an older release kept documents in memory', () => {
  const head = state({});
  const older = Object.entries(head.settings).filter(([name]) => name !== 'documents');
  const base = { ...head, settings: Object.fromEntries(older) as unknown as DeploymentState['settings'] };
  expect(said(base, head)).toEqual([]);
  expect(said(base, state({ store: 's3' }))).toEqual(['notice document-store-changed:s3']);
});
