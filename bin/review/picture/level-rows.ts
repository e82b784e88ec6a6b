import type { Block, Place } from './blocks';

/**
 * Rows that both regions have at the same height, so that lines between them are level. Both regions are laid out once to learn
 * how high each row has to be, and once more with the larger of each two.
 */
export class LevelRows {
  private readonly natural = new Map<string, number>();
  private readonly drawn = new Map<string, Place>();

  public constructor(private readonly least: ReadonlyMap<string, number> = new Map()) {}

  /** A row of that name, at least as high as it has to be. */
  public level(name: string, block: Block): Block {
    this.natural.set(name, block.height);
    const height = Math.max(block.height, this.least.get(name) ?? 0);
    return {
      width: block.width,
      height,
      draw: (x, y, given = height) => {
        this.drawn.set(name, { x, y, width: block.width, height: given });
        return block.draw(x, y, given);
      },
    };
  }

  /** How high each row is by itself. */
  public get heights(): ReadonlyMap<string, number> {
    return this.natural;
  }

  /** Where a row was drawn. */
  public placeOf(name: string): Place {
    const place = this.drawn.get(name);
    if (!place) throw new Error(`no row '${name}' was drawn`);
    return place;
  }
}

/** The larger one of each height. */
export function largestOf(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const largest = new Map<string, number>();
  all.forEach(heights => heights.forEach((height, name) => largest.set(name, Math.max(height, largest.get(name) ?? 0))));
  return largest;
}
