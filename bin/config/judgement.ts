import { causeOf } from '../../constructs/topology/rules/judging/causes';
import { errorOf, type Problem } from '../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../constructs/topology/rules/rules';
import { isMapping } from '../../constructs/topology/settings/rows/value-kinds';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { settingTree, type SettingTree } from './setting-tree';
import { shapeFindings } from './shape-problems';
import type { PlacedProblem, YamlSource } from './yaml-source';

/** What a string says, and all that is wrong with it. */
export interface Judgement {
  /** As good as its type only if none of the problems is an error. */
  readonly settings: DualRegionSettings;
  readonly problems: readonly PlacedProblem[];
  /** Where a problem stands that comes to light later. */
  readonly placed: (problem: Problem) => PlacedProblem;
}

interface FoundProblem extends PlacedProblem {
  /** Where what it complains about ends. A mapping or list that reaches a mistake of syntax may be meant to go on. */
  readonly end: number;
  /** Whether the setting itself stands in the text, and not only what encloses it. */
  readonly isPresent: boolean;
}

/** What these complain about is the key, whatever its value is. */
const KEY_RULES: readonly string[] = ['unknown-key', 'not-offered'];

/** Checks the keys, the kinds of values and the rules of a parsed text together. */
export function judge(source: YamlSource, today: Date = new Date()): Judgement {
  const { tree, shapeProblems } = shapedTree(source);
  const settings = tree.value as DualRegionSettings;
  const unreadable = [...source.problems, ...tree.problems];
  const whereItStands = (problem: Problem): FoundProblem => placed(problem, tree);
  if (!isMapping(tree.value)) {
    return { settings, problems: unreadable.length > 0 ? unreadable : [noMapping(tree.value, source.text)], placed: whereItStands };
  }
  const misshapen = new Set([...tree.unknown, ...shapeProblems.map(({ problem }) => problem.setting)]);
  const ruleProblems = problemsOf(settings, today)
    .filter(problem => !enclosing(problem.setting).some(setting => misshapen.has(setting)))
    .map(problem => whereItStands(withVariableHint(problem)));
  const isComplete = source.trustedUntil > source.text.length;
  const sure = [...shapeProblems, ...ruleProblems].filter(({ isPresent, end }) => isComplete || (isPresent && end < source.trustedUntil));
  return { settings, problems: [...unreadable, ...sure], placed: whereItStands };
}

/** Other tools put variables of the shell into their files. */
function withVariableHint(problem: Problem): Problem {
  const { groups } = /\$\{(?<name>\w+)\}/.exec(problem.value) ?? {};
  if (!groups) return problem;
  return { ...problem, fix: `${problem.fix}. Variables like ${groups.name} are not replaced here: write the value itself` };
}

/** Corrects misspelt keys until no more are found: those of a misspelt section come to light with the section. */
function shapedTree(source: YamlSource): { readonly tree: SettingTree; readonly shapeProblems: readonly FoundProblem[] } {
  const corrections = new Map<string, string>();
  const corrected: FoundProblem[] = [];
  for (;;) {
    const tree = settingTree(source, corrections);
    if (!isMapping(tree.value)) return { tree, shapeProblems: [] };
    const findings = shapeFindings(tree);
    const found = findings.problems.filter(problem => !tree.unknown.has(problem.setting)).map(problem => placed(problem, tree));
    const fresh = [...findings.corrections].filter(([written]) => !corrections.has(written));
    if (fresh.length === 0) return { tree, shapeProblems: [...corrected, ...found] };
    corrected.push(...found.filter(({ problem }) => findings.corrections.has(problem.setting)));
    for (const [written, meant] of fresh) corrections.set(written, meant);
  }
}

function placed(problem: Problem, tree: SettingTree): FoundProblem {
  const cause = causeOf(problem.setting, tree.value as DualRegionSettings);
  const place = tree.places.get(cause ?? problem.setting);
  if (place) {
    const isAboutKey = KEY_RULES.includes(problem.rule);
    return { problem, offset: isAboutKey ? place.key : place.value, end: isAboutKey ? place.key : place.end, isPresent: true };
  }
  const around = enclosing(problem.setting).find(setting => tree.places.has(setting));
  const offset = (around !== undefined && tree.places.get(around)?.key) || 0;
  return { problem, offset, end: offset, isPresent: false };
}

/** The setting and all that enclose it, from the inside out. */
function enclosing(setting: string): string[] {
  const outer = setting.replace(/(^|\.)[^.[\]]*$|\[\d+\]$/, '');
  return outer === setting || outer === '' ? [setting] : [setting, ...enclosing(outer)];
}

function noMapping(value: unknown, text: string): PlacedProblem {
  const fix = "describe at least both regions, below a key 'regions'";
  const isEmpty = value === null || value === undefined;
  const isComment = text.split('\n').every(line => /^\s*(#|$)/.test(line));
  return {
    problem: isEmpty
      ? {
          ...errorOf({ rule: 'file-empty', setting: '', value, requirement: 'must hold settings', fix }),
          value: isComment && text.trim() !== '' ? 'only comments' : 'nothing',
        }
      : errorOf({ rule: 'wrong-kind', setting: '', value, requirement: 'must be a mapping of keys to values', fix }),
    offset: 0,
  };
}
