import type { SupportEnd } from '../../../constructs/topology/versions/dated-fact';

function runtime(value: string): SupportEnd {
  return { value, source: 'Lambda runtimes of the AWS Lambda developer guide, by endoflife.date of 2026-08-22', seen: '2026-11-30' };
}

/**
 * Until when AWS Lambda patches the runtimes of functions that the CDK and this library deploy.
 *
 * @internal
 */
export const RUNTIME_ENDS: Readonly<Record<string, SupportEnd>> = {
  'nodejs22.x': runtime('2027-04-30'),
  'nodejs24.x': runtime('2028-04-30'),
  'python3.13': runtime('2029-06-30'),
  'python3.14': runtime('2029-06-30'),
};
