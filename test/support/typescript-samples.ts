import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT } from './documents';

/** A program in a document. */
export interface TypeScriptSample {
  /** For example `README.md:160`. */
  readonly name: string;
  readonly text: string;
}

const PACKAGE = 'cdk-camunda-dual-region';

/**
 * What the compiler says of samples that use the package by its name, as users do. All are compiled as one program, because
 * most of the time is spent on reading the libraries.
 */
export function compilerFindings(samples: readonly TypeScriptSample[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), path => ts.sys.readFile(path)) as { readonly config: object };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  // A sample may show a value without using it.
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false });
  const texts = new Map(samples.map(({ text }, i) => [join(ROOT, `sample-${i}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const real = { ...host };
  host.fileExists = path => texts.has(path) || real.fileExists(path);
  host.readFile = path => texts.get(path) ?? real.readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? real.getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  };
  host.resolveModuleNameLiterals = (literals, containingFile) =>
    literals.map(({ text }) =>
      // The CDK's index names three hundred services. Those that a sample uses are imported by themselves.
      containingFile.endsWith('/aws-cdk-lib/index.d.ts') && /^\.\/(aws|alexa)-/.test(text)
        ? { resolvedModule: undefined }
        : text === PACKAGE
          ? {
              resolvedModule: {
                resolvedFileName: join(ROOT, 'lib', 'index.ts'),
                extension: ts.Extension.Ts,
                isExternalLibraryImport: false,
              },
            }
          : ts.resolveModuleName(text, containingFile, options, host),
    );
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((path, i) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
      const line = source!.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${samples[i].name}, line ${line} of the sample: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
