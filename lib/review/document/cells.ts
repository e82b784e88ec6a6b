import type { Cell, ReviewTable, Tone } from './review-document';

const BY_URGENCY: readonly Tone[] = ['plain', 'good', 'warning', 'danger'];

/**
 * A cell that asks for attention, or says that none is needed.
 *
 * @internal
 */
export function toned(text: string, tone: Tone): Cell {
  return { text, tone };
}

/** @internal */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** @internal */
export function cellTone(cell: Cell): Tone {
  return typeof cell === 'string' ? 'plain' : cell.tone;
}

/**
 * The most urgent of some tones.
 *
 * @internal
 */
export function worstTone(tones: readonly Tone[]): Tone {
  return BY_URGENCY[Math.max(0, ...tones.map(tone => BY_URGENCY.indexOf(tone)))];
}

/**
 * The most urgent tone of all cells.
 *
 * @internal
 */
export function toneOf(tables: readonly ReviewTable[]): Tone {
  return worstTone(tables.flatMap(({ rows }) => rows.flatMap(row => row.map(cellTone))));
}

/**
 * `1 broker`, `2 brokers`.
 *
 * @internal
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * `broker 3`, `brokers 3 and 7`.
 *
 * @internal
 */
export function numbered(noun: string, numbers: readonly (number | string)[]): string {
  return `${noun}${numbers.length === 1 ? '' : 's'} ${listed(numbers)}`;
}

/**
 * Names or numbers in a row of text, the last after `and`.
 *
 * @internal
 */
export function listed(values: readonly (string | number)[]): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} and ${values[values.length - 1]}`;
}
