/**
 * Minor versions of Kubernetes on EKS, with the last day of standard support (ISO date), seen in September 2026.
 *
 * One kubectl serves them all: kubectl supports clusters that are one minor version older or newer.
 *
 * @see Amazon EKS user guide, Kubernetes release calendar
 *
 * @internal
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, { readonly supportedUntil: string }>> = {
  '1.34': { supportedUntil: '2026-12-02' },
  '1.35': { supportedUntil: '2027-03-27' },
  '1.36': { supportedUntil: '2027-08-02' },
};

/** Months that EKS goes on supporting a version at a higher price. `@see` Amazon EKS user guide, Kubernetes version lifecycle */
const EXTENDED_SUPPORT_MONTHS = 12;

/**
 * The last day of extended support, ISO date.
 *
 * @internal
 */
export function extendedSupportUntil(supportedUntil: string): string {
  const end = new Date(supportedUntil);
  end.setUTCMonth(end.getUTCMonth() + EXTENDED_SUPPORT_MONTHS);
  return end.toISOString().slice(0, supportedUntil.length);
}

/**
 * By how many minor versions the second version of Kubernetes is newer.
 *
 * @internal
 */
export function minorsBetween(older: string, newer: string): number {
  const [first, second] = [older, newer].map(version => Number(version.split('.')[1]));
  return second - first;
}
