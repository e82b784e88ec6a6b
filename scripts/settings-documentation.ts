import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One setting as its source documents it. */
export interface DocumentedSetting {
  /** For example `regions[].vpcCidr`. */
  readonly path: string;
  readonly description: string;
  readonly isOptional: boolean;
  /** The default, where it is a literal. */
  readonly default?: unknown;
  /** What happens without the setting, where the default is no literal. */
  readonly defaultInWords?: string;
}

const FOLDER = join(__dirname, '..', 'constructs', 'topology', 'settings');

/** The interfaces of the settings, by name. */
const INTERFACES: ReadonlyMap<string, ts.InterfaceDeclaration> = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ts.createSourceFile(name, readFileSync(join(FOLDER, name), 'utf8'), ts.ScriptTarget.Latest, true))
    .flatMap(({ statements }) => statements.filter(ts.isInterfaceDeclaration))
    .map(declaration => [declaration.name.text, declaration]),
);

/** What the doc comments of the settings say, in the order of the source, with the nested interfaces followed. */
export function documentedSettings(root = 'DualRegionSettings', parent = ''): DocumentedSetting[] {
  const members = INTERFACES.get(root)?.members.filter(ts.isPropertySignature) ?? [];
  return members.flatMap(member => {
    const key = member.name.getText();
    const path = parent === '' ? key : `${parent}.${key}`;
    const own = { path, description: descriptionOf(member), isOptional: member.questionToken !== undefined, ...defaultOf(member) };
    const isList = member.type !== undefined && ts.isArrayTypeNode(member.type);
    const inner = member.type && nameOf(isList ? member.type.elementType : member.type);
    return [own, ...(inner === undefined ? [] : documentedSettings(inner, isList ? `${path}[]` : path))];
  });
}

/** What the doc comment of the root says. */
export function descriptionOfSettings(): string {
  const root = INTERFACES.get('DualRegionSettings');
  return root ? descriptionOf(root) : '';
}

function nameOf(type: ts.TypeNode): string | undefined {
  return ts.isTypeReferenceNode(type) ? type.typeName.getText() : undefined;
}

function descriptionOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return onOneLine(ts.getTextOfJSDocComment(comment?.comment));
}

function defaultOf(member: ts.PropertySignature): Pick<DocumentedSetting, 'default' | 'defaultInWords'> {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
  if (!tag) return {};
  const fallback = onOneLine(ts.getTextOfJSDocComment(tag.comment));
  if (fallback.startsWith('-')) return { defaultInWords: fallback.replace(/^-\s*/, '') };
  return { default: JSON.parse(fallback.replaceAll("'", '"')) as unknown };
}

function onOneLine(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
