import type { VNode } from 'preact';
import { rounded } from './blocks';

const LENGTH = 9;
const HALF = 4.5;

export interface Line {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/** A level or upright line with a head at both ends: either side opens connections. */
export function arrow({ from, to }: Line): VNode[] {
  const level = from.y === to.y;
  const line = level
    ? `M${rounded(from.x + LENGTH - 1)} ${rounded(from.y)}H${rounded(to.x - LENGTH + 1)}`
    : `M${rounded(from.x)} ${rounded(from.y + LENGTH - 1)}V${rounded(to.y - LENGTH + 1)}`;
  return [<path class="line" d={line} />, head(from, level, 1), head(to, level, -1)];
}

function head({ x, y }: Line['from'], level: boolean, into: number): VNode {
  const [ax, ay] = level ? [x + into * LENGTH, y - HALF] : [x - HALF, y + into * LENGTH];
  const [bx, by] = level ? [ax, y + HALF] : [x + HALF, ay];
  return <path class="head" d={`M${rounded(x)} ${rounded(y)}L${rounded(ax)} ${rounded(ay)}L${rounded(bx)} ${rounded(by)}Z`} />;
}
