import type { SupportEnd } from './dated-fact';

/** @see Amazon EKS user guide, Kubernetes release calendar */
function standardSupport(value: string): { readonly supportedUntil: SupportEnd } {
  return {
    supportedUntil: { value, source: 'Kubernetes release calendar of Amazon EKS, by endoflife.date of 2026-08-22', seen: '2026-11-30' },
  };
}

/**
 * Minor versions of Kubernetes on EKS, with the end of standard support.
 *
 * One kubectl serves them all: kubectl supports clusters that are one minor version older or newer.
 *
 * @internal
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, { readonly supportedUntil: SupportEnd }>> = {
  '1.34': standardSupport('2026-12-02'),
  '1.35': standardSupport('2027-03-27'),
  '1.36': standardSupport('2027-08-02'),
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
