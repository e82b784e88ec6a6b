import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const PRODUCT = ['constructs', 'lib', 'bin'];
const HARD_LIMIT = 400;
/** Files of a folder, beside its rooms, that a reader can still take in. */
const MAX_FILES = 25;

/** Modules of Node.js through which a program touches the world. */
const NODE = /^(node:)?(fs|child_process|os|net|http|https|dns|tls|dgram|worker_threads|cluster)(\/|$)/;

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'cdk.out' ? [] : filesIn(path);
    return /\.tsx?$/.test(path) && !path.endsWith('.d.ts') ? [path] : [];
  });
}

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const importedNames = new Map<string, string[]>();

/** Everything that a file imports, types and re-exports included, as it is written there. */
function importsOf(file: string): string[] {
  const known = importedNames.get(file);
  if (known) return known;
  const names = ts.preProcessFile(text(file), true, true).importedFiles.map(({ fileName }) => fileName);
  importedNames.set(file, names);
  return names;
}

/** Imports of packages. `constructs` is one: our folder of that name is only ever meant by a relative path. */
function packagesOf(file: string): string[] {
  return importsOf(file).filter(name => !name.startsWith('.'));
}

/** Imports of other files of this project, as paths from its root. */
function localImportsOf(file: string): string[] {
  return importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => {
      const target = normalize(join(dirname(file), name)).replace(/\/$/, '');
      return (
        [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find(path => /\.\w+$/.test(path) && existsSync(join(ROOT, path))) ??
        target
      );
    });
}

/** `constructs/dns/corefile.ts` is in `constructs/dns`, `lib/review/routes.ts` in `lib`. */
function unitOf(file: string): string {
  const [layer, folder] = file.split('/');
  return layer === 'constructs' ? `${layer}/${folder}` : layer;
}

const sources = PRODUCT.flatMap(filesIn);
const inFolder = (...folders: readonly string[]): string[] => sources.filter(file => folders.some(folder => file.startsWith(`${folder}/`)));

/** Offences of all files, each told with its file. */
function offences(files: readonly string[], of: (file: string) => readonly string[]): string[] {
  expect(files.length).toBeGreaterThan(0);
  return files.flatMap(file => of(file).map(offence => `${file}: ${offence}`));
}

describe('layers', () => {
  test('the topology imports nothing outside of its folder, packages included', () => {
    const foreign = (file: string): string[] => [
      ...packagesOf(file),
      ...localImportsOf(file).filter(path => unitOf(path) !== 'constructs/topology'),
    ];
    expect(offences(inFolder('constructs/topology'), foreign)).toEqual([]);
  });

  test('constructs import the topology and their own folder, and no sibling', () => {
    const foreign = (file: string): string[] =>
      localImportsOf(file).filter(path => ![unitOf(file), 'constructs/topology'].includes(unitOf(path)));
    expect(offences(inFolder('constructs'), foreign)).toEqual([]);
  });

  test('lib imports constructs, and not bin', () => {
    const foreign = (file: string): string[] => localImportsOf(file).filter(path => !['lib', 'constructs'].includes(path.split('/')[0]));
    expect(offences(inFolder('lib'), foreign)).toEqual([]);
  });

  test('bin imports what is below it', () => {
    const foreign = (file: string): string[] =>
      localImportsOf(file).filter(path => !/^(bin|lib|constructs)\/|^(package|cdk)\.json$/.test(path));
    expect(offences(inFolder('bin'), foreign)).toEqual([]);
  });

  test('constructs hold what the library needs, and what programs alone need is in lib or bin', () => {
    const needed = new Set<string>();
    const visit = (file: string): void => {
      if (needed.has(file) || !/\.tsx?$/.test(file)) return;
      needed.add(file);
      localImportsOf(file).forEach(visit);
    };
    // The second is the code of a Lambda function, which is bundled into a file.
    ['lib/index.ts', 'constructs/certificates/authority/lambda.ts'].forEach(visit);
    const needless = (file: string): string[] => (needed.has(file) ? [] : ['is not imported by the library']);
    expect(offences(inFolder('constructs'), needless)).toEqual([]);
  });

  test('charts do without the AWS CDK', () => {
    const aws = (file: string): string[] => packagesOf(file).filter(name => /^(aws-cdk-lib|@aws-cdk)(\/|$)/.test(name));
    expect(offences(inFolder('constructs/camunda', 'constructs/search'), aws)).toEqual([]);
  });

  test('no construct uses both the AWS CDK and cdk8s', () => {
    const both = (file: string): string[] => {
      const [aws, kubernetes] = ['aws-cdk-lib', 'cdk8s'].map(name => packagesOf(file).some(used => used.startsWith(name)));
      return aws && kubernetes ? ['uses aws-cdk-lib and cdk8s'] : [];
    };
    expect(offences(inFolder('constructs'), both)).toEqual([]);
  });
});

describe('imports', () => {
  test('lead to files that exist', () => {
    const missing = (file: string): string[] => localImportsOf(file).filter(path => !existsSync(join(ROOT, path)));
    expect(offences(sources, missing)).toEqual([]);
  });

  test('form no cycle, those of types included', () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      if (done.has(file) || !/\.tsx?$/.test(file)) return;
      localImportsOf(file).forEach(target => visit(target, [...path, file]));
      done.add(file);
    };
    sources.forEach(file => visit(file, []));
    expect(cycles).toEqual([]);
  });

  test('of index.ts are for other index.ts and for bin, which uses the public entry', () => {
    const shortcuts = (file: string): string[] => localImportsOf(file).filter(path => path.endsWith('/index.ts'));
    expect(
      offences(
        inFolder('lib', 'constructs').filter(file => !file.endsWith('/index.ts')),
        shortcuts,
      ),
    ).toEqual([]);
  });

  test('members that other languages do not see are read in their own folder only', () => {
    const declared = (file: string): string[] =>
      [...text(file).matchAll(/^ {2}(?:(?:public|protected|readonly|static|get) )*(_\w+)\b/gm)].map(([, name]) => name);
    const homes = new Map(sources.flatMap(file => declared(file).map(name => [name, unitOf(file)] as const)));
    expect(homes.get('_plan')).toBe('constructs/topology');
    const foreign = (file: string): string[] =>
      [...text(file).matchAll(/[\w)\]?!]\.(_\w+)\b|[{,] (_\w+)\b[^:]*\}: [A-Z]/g)]
        .map(([, read, taken]) => read ?? taken)
        .filter(name => homes.has(name) && homes.get(name) !== unitOf(file));
    expect(offences(sources, foreign)).toEqual([]);
  });

  test('are relative, because the folder constructs has the name of a package', () => {
    const byFolder = (file: string): string[] => packagesOf(file).filter(name => /^(constructs|lib|bin)\//.test(name));
    expect(offences(sources, byFolder)).toEqual([]);
  });
});

describe('purity', () => {
  const pure = inFolder('constructs', 'lib');

  test('only programs in bin touch files, processes and the network', () => {
    expect(offences(pure, file => packagesOf(file).filter(name => NODE.test(name)))).toEqual([]);
  });

  test('only programs in bin read the environment', () => {
    expect(offences(pure, file => text(file).match(/\bprocess(\?*\.(env|argv|cwd|exit\w*|std\w+|platform|on|chdir)\b|\[)/g) ?? [])).toEqual(
      [],
    );
  });

  test('nothing at the top of a file can change', () => {
    expect(offences(pure, file => text(file).match(/^(export )?(let|var) \w+/gm) ?? [])).toEqual([]);
  });
});

describe('size', () => {
  const all = [...sources, ...['test', 'bench', 'scripts', 'examples'].flatMap(filesIn)];
  const linesOf = (file: string): number => text(file).trimEnd().split('\n').length;

  test(`no file has more than ${HARD_LIMIT} lines`, () => {
    expect(offences(all, file => (linesOf(file) > HARD_LIMIT ? [`${linesOf(file)} lines`] : []))).toEqual([]);
  });

  test(`no folder of the product has more than ${MAX_FILES} files beside its rooms`, () => {
    const counts = new Map<string, number>();
    sources.forEach(file => counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1));
    expect([...counts].filter(([, files]) => files > MAX_FILES)).toEqual([]);
  });

  test('no folder is called utils', () => {
    expect(offences(all, file => (/\b(utils?|helpers?|common|misc)\b/.test(file) ? ['says nothing about what is in it'] : []))).toEqual([]);
  });

  test('files are named in kebab-case', () => {
    expect(
      offences(all, file => (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(file.split('/').at(-1) ?? '') ? [] : ['is not in kebab-case'])),
    ).toEqual([]);
  });
});
