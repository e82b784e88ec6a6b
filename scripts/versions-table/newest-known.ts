import type { DatedFact } from '../../constructs/topology/versions/dated-fact';

/** The newest version that was found, and why an older one is deployed, if one is. */
export interface NewestKnown extends DatedFact {
  readonly whyOlder?: string;
}

const SEEN = '2026-11-30';
const REGISTRY_OF_GO = 'list of versions of its Go module';
const NO_IMAGE = 'no image of it was seen, and the official chart of August 2026 names the one that is deployed';

/** By product, and minor version where several are deployed. Publishers' pages come first; what stands for them is named. */
export const NEWEST_KNOWN: Readonly<Record<string, NewestKnown>> = {
  'Camunda 8.7': { value: '8.7.41', source: 'image in use in public texts of October 2026', seen: SEEN },
  'Camunda 8.8': { value: '8.8.40', source: 'image in use in public texts of 2026-10-01', seen: SEEN },
  'Camunda 8.9': { value: '8.9.26', source: 'release of 2026-10-22 with its files, as its mirror lists it', seen: SEEN },
  'Camunda 8.10': {
    value: '8.10.9',
    source: 'its client of 2026-11-06 in the registry of Maven',
    seen: SEEN,
    whyOlder: 'the newest image that was seen to run is 8.10.2, in public texts of October 2026',
  },
  'Connectors 8.7': { value: '8.7.31', source: 'tag of 2026-11-02', seen: SEEN, whyOlder: NO_IMAGE },
  'Connectors 8.8': { value: '8.8.29', source: 'tag of 2026-11-23', seen: SEEN, whyOlder: NO_IMAGE },
  'Connectors 8.9': { value: '8.9.14', source: 'image in use beside Camunda 8.9.22 in public texts of October 2026', seen: SEEN },
  'Connectors 8.10': {
    value: '8.10.5',
    source: 'tag of 2026-11-06, whose release was still being built',
    seen: SEEN,
    whyOlder: 'no image of it was seen: 8.10.0 came with Camunda 8.10',
  },
  Elasticsearch: { value: '8.19.25', source: 'release of Elasticsearch on GitHub', seen: SEEN },
  'Kubernetes on EKS': { value: '1.36', source: 'Kubernetes release calendar of Amazon EKS, by endoflife.date of 2026-08-22', seen: SEEN },
  kubectl: {
    value: '1.37',
    source: 'layer 2.0.0 of October 2026 for Python; npm serves that of 1.36, 2.0.1 of 2026-08-12',
    seen: SEEN,
    whyOlder: 'kubectl 1.35 alone serves 1.34, 1.35 and 1.36: docs/decisions/0006-kubectl.md',
  },
  'AWS Load Balancer Controller': {
    value: '3.6.0',
    source: 'release of its chart, 2026-10-05',
    seen: SEEN,
    whyOlder: 'its chart could not be compared: docs/decisions/0022-controller-versions.md',
  },
  'Elastic Cloud on Kubernetes': { value: '3.5.0', source: REGISTRY_OF_GO, seen: SEEN },
  'External Secrets': {
    value: '2.14.0',
    source: 'notes of its release, after 2026-10-16',
    seen: SEEN,
    whyOlder: 'its chart could not be compared: docs/decisions/0022-controller-versions.md',
  },
  'cert-manager': { value: 'v1.21.2', source: REGISTRY_OF_GO, seen: SEEN },
};

/** Add-ons change with the version of Kubernetes, and what is newer is a matter of each region. */
export const ADDON_CHOICE: DatedFact = {
  value: 'default of EKS',
  source: 'answers of EKS in public texts of September 2026',
  seen: '2026-09-30',
};
