import { isAlias, Lexer, parseDocument, Parser, visit, type Alias, type Document, type ErrorCode, type Node, type YAMLError } from 'yaml';
import { errorOf, onOneLine, type Problem } from '../../constructs/topology/rules/judging/problem';
import { lineAt, lineStart } from './text-place';

/** A problem at an offset of the text. */
export interface PlacedProblem {
  readonly problem: Problem;
  readonly offset: number;
}

/** A parsed YAML document, with all that is wrong with its syntax. */
export interface YamlSource {
  readonly text: string;
  /** Undefined where the text was not even parsed. */
  readonly document?: Document.Parsed;
  /** What each alias stands for, except those that stand for nothing. */
  readonly aliases: ReadonlyMap<Alias, Node>;
  readonly problems: readonly PlacedProblem[];
  /** From here on, the document may be something else than its author meant. */
  readonly trustedUntil: number;
}

/** A configuration has four levels. Parsers of YAML recurse, and can exhaust the stack. */
const MAX_DEPTH = 50;

/** Something else than a configuration can have an error in each of its lines. */
const MAX_SYNTAX_PROBLEMS = 50;

const DEFAULT_FIX = 'correct the syntax around this place';
const FIXES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: "write text that starts with '*' in quotes",
  BAD_DQ_ESCAPE: 'write single quotes, or a double backslash',
  BAD_INDENT: 'indent the keys of one mapping by the same number of spaces, and close all brackets',
  BAD_SCALAR_START: "write text that starts with '@' or '`' in quotes",
  BLOCK_AS_IMPLICIT_KEY: 'check the indentation, and write text that contains a colon in quotes',
  MISSING_CHAR: 'add the bracket, quote or colon that is missing',
  MULTILINE_IMPLICIT_KEY: "check that each key is followed by ': ' and that the indentation is right",
  NON_STRING_KEY: 'write a string before the colon',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: "remove the tag, or write text that starts with '!' in quotes",
  UNEXPECTED_TOKEN: 'check for a stray bracket, comma or quote',
};

/** Parses a string, as far as that is possible and safe. */
export function parseYaml(text: string): YamlSource {
  const tooDeepAt = offsetBelow(MAX_DEPTH, text);
  if (tooDeepAt !== undefined) {
    const requirement = `must be nested at most ${MAX_DEPTH} levels deep`;
    const fix = 'check for stray brackets or hyphens';
    const problem = { ...errorOf({ rule: 'yaml-depth', setting: '', value: undefined, requirement, fix }), value: 'more' };
    return { text, aliases: new Map(), problems: [{ problem, offset: tooDeepAt }], trustedUntil: 0 };
  }
  // Keys that are given twice are found later, where their setting is known.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, stringKeys: true, logLevel: 'error' });
  const errors = document.errors.filter(error => error.code !== 'MULTIPLE_DOCS');
  return {
    text,
    document,
    aliases: aliasesOf(document),
    problems: firstOfEachLine([...document.errors, ...document.warnings], text)
      .slice(0, MAX_SYNTAX_PROBLEMS)
      .map(error => syntaxProblem(error, text)),
    trustedUntil: errors.reduce((first, error) => Math.min(first, lineStart(text, error.pos[0])), text.length + 1),
  };
}

/** Counts the levels with the tokens alone, before anything recurses. */
function offsetBelow(depth: number, text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) void token;
    if (parser.stack.length > depth) return parser.offset;
  }
  return undefined;
}

/** One stray character often makes several errors. */
function firstOfEachLine(errors: readonly YAMLError[], text: string): YAMLError[] {
  const seen = new Set<number>();
  return errors.filter(error => {
    const line = lineStart(text, error.pos[0]);
    if (seen.has(line)) return false;
    seen.add(line);
    return true;
  });
}

function syntaxProblem(error: YAMLError, text: string): PlacedProblem {
  const offset = Math.min(error.pos[0], text.length);
  const several = error.code === 'MULTIPLE_DOCS';
  const problem = errorOf({
    rule: several ? 'yaml-documents' : 'yaml-syntax',
    setting: '',
    value: lineAt(text, offset),
    requirement: several ? 'must hold a single YAML document' : `must be valid YAML (${onOneLine(error.message)})`,
    fix: several ? "remove the line '---' and what follows, or keep it in a file of its own" : (FIXES[error.code] ?? DEFAULT_FIX),
  });
  return { problem, offset };
}

/** The last anchor before an alias counts, as a name may be used again. */
function aliasesOf(document: Document.Parsed): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}
