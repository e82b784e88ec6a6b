/** Text that is markup already. Everything else is escaped where it becomes part of an element. */
export class Markup {
  public constructor(public readonly text: string) {}
}

export type Content = string | Markup | readonly Content[];
export type Attributes = { readonly [name: string]: string | number | boolean | undefined };

/** Elements of HTML that have no end tag. */
const VOID: readonly string[] = ['meta', 'link', 'br', 'hr', 'img'];
const NAME = /^[A-Za-z][A-Za-z0-9:-]*$/;

/** An element with its content. Attributes that are undefined or false are left out. */
export function element(name: string, attributes: Attributes = {}, ...content: readonly Content[]): Markup {
  const list = Object.entries(attributes).flatMap(([key, value]) => attribute(key, value));
  const start = `<${checked(name)}${list.join('')}>`;
  return new Markup(VOID.includes(name) ? start : `${start}${markupOf(content).text}</${name}>`);
}

export function markupOf(content: Content): Markup {
  if (content instanceof Markup) return content;
  return new Markup(typeof content === 'string' ? escaped(content) : content.map(one => markupOf(one).text).join(''));
}

function attribute(key: string, value: string | number | boolean | undefined): string[] {
  if (value === undefined || value === false) return [];
  return [` ${checked(key)}="${value === true ? '' : escaped(String(value))}"`];
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new Error(`'${name}' is no name of an element or attribute`);
  return name;
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters and halves of characters have no place in markup at all, not even as entities. */
export function escaped(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd').replace(/[&<>"']/g, found => ENTITIES[found]);
}
