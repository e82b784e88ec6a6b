/**
 * Minor versions of Kubernetes on EKS, with the last day of standard support where it is known (ISO date).
 *
 * One kubectl serves them all: kubectl supports clusters that are one minor version older or newer.
 *
 * @see Amazon EKS user guide, Kubernetes release calendar
 *
 * @internal
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, { readonly supportedUntil?: string }>> = {
  '1.34': { supportedUntil: '2026-12-02' },
  '1.35': { supportedUntil: '2027-03-27' },
  '1.36': {},
};
