import type { RoleFacts } from './facts';

/** An intended difference. */
export interface Allowance {
  readonly glob: string;
  readonly reason: string;
}

/** Reads lines of `GLOB  REASON`. */
export function allowancesIn(text: string): Allowance[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [glob] = line.split(' ', 1);
      return { glob, reason: line.slice(glob.length).trim() };
    });
}

/** Whether a fact is the same in both. Patches of images are raised more often than the chart's facts are made anew, and have a test of their own. */
export function agree(fact: string, theirs: string | undefined, own: string | undefined): boolean {
  const [one, other] = fact === 'image' ? [theirs, own].map(image => image?.replace(/:[^:/]*$/, '')) : [theirs, own];
  return one === other;
}

/** Every difference as `KIND:ROLE/FACT  VALUES`. */
export function differencesBetween(chart: RoleFacts, ours: RoleFacts): string[] {
  return [...new Set([...Object.keys(chart), ...Object.keys(ours)])].sort().flatMap(role => {
    const [theirs, own] = [chart[role], ours[role]];
    if (!theirs || !own) return [`${theirs ? 'only-chart' : 'only-ours'}:${role}/workload`];
    return [...new Set([...Object.keys(theirs), ...Object.keys(own)])].sort().flatMap(fact => {
      if (agree(fact, theirs[fact], own[fact])) return [];
      if (!(fact in own)) return [`only-chart:${role}/${fact}  ${theirs[fact]}`];
      if (!(fact in theirs)) return [`only-ours:${role}/${fact}  ${own[fact]}`];
      return [`differs:${role}/${fact}  chart ${theirs[fact]}, ours ${own[fact]}`];
    });
  });
}

/** What is left of the differences, and of the allowances. */
export function unexplained(
  differences: readonly string[],
  allowances: readonly Allowance[],
): { readonly differences: readonly string[]; readonly allowances: readonly string[] } {
  const used = new Set<string>();
  const left = differences.filter(difference => {
    const [name] = difference.split('  ', 1);
    const found = allowances.find(({ glob }) => matches(glob, name) || matches(glob, name.slice(name.indexOf(':') + 1)));
    if (found) used.add(found.glob);
    return !found;
  });
  return { differences: left, allowances: allowances.map(({ glob }) => glob).filter(glob => !used.has(glob)) };
}

function matches(glob: string, text: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(text);
}
