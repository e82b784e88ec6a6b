import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { artifactOf, fileOf, maven, type Artifact } from './maven';
import { must, ROOT } from './proof';

/**
 * Puts an artifact that no repository serves into a repository of ours: the Java classes of an older version, around the JavaScript
 * that we test with. In Java, jsii's classes only pass calls on; what they reach is the npm package inside of the jar.
 */
export async function standInFromOlder(artifact: Artifact, older: Artifact, repository: string, work: string): Promise<void> {
  const folder = join(work, `older-${artifact.artifact}`);
  mkdirSync(folder);
  const jar = join(folder, 'classes.jar');
  copyFileSync(fileOf(repository, older, 'jar'), jar);
  await swapJavaScript(jar, artifact.npmName, folder);
  await addNewerClasses(jar, artifact, repository, folder);
  const pom = join(folder, 'pom.xml');
  writeFileSync(
    pom,
    readFileSync(fileOf(repository, older, 'pom'), 'utf8').replace(`<version>${older.version}<`, `<version>${artifact.version}<`),
  );
  await install(artifact, jar, pom, repository, folder);
  for (const inner of innerArtifacts(artifact.npmName)) await swapInPlace(inner, repository, folder);
}

/**
 * Adds the classes that our API names and the older version has not. Of a resource of CloudFormation nothing is needed but its type;
 * for anything else there is no honest stand-in.
 */
async function addNewerClasses(jar: string, artifact: Artifact, repository: string, folder: string): Promise<void> {
  const list = (await must('jar', ['--list', '--file', jar], { cwd: folder })).split('\n').find(line => line.endsWith('/$Module.txt'))!;
  await must('jar', ['--extract', '--file', jar, list], { cwd: folder });
  const types = new Map(
    readFileSync(join(folder, list), 'utf8')
      .trim()
      .split('\n')
      .map(line => line.split('=') as [string, string]),
  );
  const missing = typesInOurApi(artifact.npmName).filter(type => !types.has(type));
  for (const type of missing) {
    const [module, name] = [type.slice(0, type.lastIndexOf('.') + 1), type.slice(type.lastIndexOf('.') + 1)];
    const neighbour = [...types].find(([known]) => known.startsWith(module) && !known.slice(module.length).includes('.'));
    if (!name.startsWith('Cfn') || !neighbour)
      throw new Error(`${artifact.artifact} is too old here: it has no ${type}, which our API names`);
    const javaPackage = neighbour[1].slice(0, neighbour[1].lastIndexOf('.'));
    const source = join(folder, `${name}.java`);
    const root = list.slice(0, list.lastIndexOf('/')).replaceAll('/', '.');
    writeFileSync(source, resourceType(root, javaPackage, name, type));
    const classpath = [jar, ...jarsBelow(repository, 'software/amazon/jsii'), ...jarsBelow(repository, 'software/constructs')].join(':');
    await must('javac', ['-nowarn', '-proc:none', '-cp', classpath, '-d', folder, source], { cwd: folder });
    writeFileSync(join(folder, list), `\n${type}=${javaPackage}.${name}\n`, { flag: 'a' });
    await must('jar', ['--update', '--no-compress', '--file', jar, list, `${javaPackage.replaceAll('.', '/')}/${name}.class`], {
      cwd: folder,
    });
  }
}

function resourceType(root: string, javaPackage: string, name: string, type: string): string {
  return `package ${javaPackage};
@software.amazon.jsii.Jsii(module = ${root}.$Module.class, fqn = "${type}")
public class ${name} extends ${root}.CfnResource {
    protected ${name}(final software.amazon.jsii.JsiiObjectRef objRef) { super(objRef); }
    protected ${name}(final software.amazon.jsii.JsiiObject.InitializationMode mode) { super(mode); }
}
`;
}

/** Types of a package that our API names. */
function typesInOurApi(npmName: string): string[] {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { readonly types: unknown };
  const names = [...JSON.stringify(types).matchAll(/"(?:fqn|base)":"([^"]+)"/g)].map(match => match[1]);
  return [...new Set(names.filter(name => name.startsWith(`${npmName}.`)))];
}

/** The same where there is no older version: what jsii-pacmak makes of the npm package, of which only the module itself is compiled. */
export async function standInFromNpm(artifact: Artifact, repository: string, work: string): Promise<void> {
  const folder = join(work, `npm-${artifact.artifact}`);
  mkdirSync(folder);
  const source = join(ROOT, 'node_modules', artifact.npmName);
  const options = ['--targets', 'java', '--code-only', '--no-npmignore', '--no-fingerprint', '--outdir', folder];
  await must('npx', ['--no-install', 'jsii-pacmak', ...options, source], { cwd: ROOT });
  const main = join(folder, 'java', 'src', 'main');
  const module = readdirSync(join(main, 'java'), { recursive: true, encoding: 'utf8' }).find(file => basename(file) === '$Module.java');
  const classes = join(main, 'resources');
  const classpath = [jarsBelow(repository, 'software/amazon/jsii'), jarsBelow(repository, 'software/constructs')].flat();
  const others = jarsBelow(repository, 'software/amazon/awscdk').concat(jarsBelow(repository, 'org/cdk8s'));
  const compiler = ['-nowarn', '-implicit:none', '-proc:none', '-cp', [...classpath, ...others].join(':'), '-d', classes];
  await must('javac', [...compiler, join(main, 'java', module!)], { cwd: folder });
  const jar = join(folder, 'module.jar');
  await must('jar', ['--create', '--no-compress', '--file', jar, '-C', classes, '.'], { cwd: folder });
  await install(artifact, jar, join(folder, 'java', 'pom.xml'), repository, folder);
}

/** Jars of a part of a repository. */
export function jarsBelow(repository: string, part: string): string[] {
  const folder = join(repository, part);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.jar'))
    .map(file => join(folder, file));
}

async function install({ group, artifact, version }: Artifact, jar: string, pom: string, repository: string, cwd: string): Promise<void> {
  const name = [`-DgroupId=${group}`, `-DartifactId=${artifact}`, `-Dversion=${version}`, '-Dpackaging=jar'];
  const { code, stdout } = await maven(['install:install-file', `-Dfile=${jar}`, `-DpomFile=${pom}`, ...name], cwd, repository);
  if (code !== 0) throw new Error(`cannot put ${artifact} ${version} into a repository of ours: ${stdout}`);
}

/** jsii packages that a package brings along, and that have jars of their own. */
function innerArtifacts(npmName: string): Artifact[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'node_modules', npmName, 'package.json'), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies)
    .filter(name => existsSync(join(ROOT, 'node_modules', name, 'package.json')))
    .flatMap(name => artifactOf(name) ?? []);
}

async function swapInPlace(artifact: Artifact, repository: string, work: string): Promise<void> {
  const versions = dirname(dirname(fileOf(repository, artifact, 'jar')));
  if (!existsSync(versions)) return;
  const folder = join(work, artifact.artifact);
  for (const jar of jarsBelow(versions, '.')) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    await swapJavaScript(jar, artifact.npmName, folder);
  }
}

/** Replaces the npm package inside of a jar by the one that we use. */
async function swapJavaScript(jar: string, npmName: string, folder: string): Promise<void> {
  const version = (JSON.parse(readFileSync(join(ROOT, 'node_modules', npmName, 'package.json'), 'utf8')) as { version: string }).version;
  const listing = (await must('jar', ['--list', '--file', jar], { cwd: folder })).split('\n');
  const entry = listing.find(line => line.endsWith('.jsii.tgz'));
  if (entry === undefined) throw new Error(`${jar} holds no npm package`);
  const tarball = (await must('npm', ['pack', '--silent', '--prefer-offline', `${npmName}@${version}`], { cwd: folder })).trim();
  mkdirSync(join(folder, dirname(entry)), { recursive: true });
  copyFileSync(join(folder, tarball), join(folder, entry));
  await must('jar', ['--update', '--no-compress', '--file', jar, entry], { cwd: folder });
}
