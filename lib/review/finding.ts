/** What a finding is about. */
export type ReachabilityRule =
  'peering' | 'missing-flow' | 'unexpected-flow' | 'wide-rule' | 'wide-route' | 'unexpected-route' | 'unreadable';

/** Something that is not as the topology wants it. */
export interface ReachabilityFinding {
  readonly rule: ReachabilityRule;

  /** A sentence that names the resources. */
  readonly message: string;
}

/** Makes a finding. */
export function finding(rule: ReachabilityRule, message: string): ReachabilityFinding {
  return { rule, message };
}

interface Place {
  readonly regionId: number;
  readonly awsRegion: string;
}

/** A region in words. */
export function placeText({ regionId, awsRegion }: Place): string {
  return `region ${regionId} (${awsRegion})`;
}

/** The start of a sentence about a direction. */
export function directionText(from: Place, to: Place): string {
  return `from ${placeText(from)} to ${placeText(to)}`;
}
