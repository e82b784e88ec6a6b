export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A picture as the browser drew it, in the units of the picture. */
export interface MeasuredPicture {
  readonly shown: boolean;
  /** Pixels of the page for each unit. */
  readonly scale: number;
  readonly viewBox: Box;
  readonly parts: readonly { readonly name: string; readonly box: Box }[];
  readonly texts: readonly { readonly name: string; readonly font: string; readonly box: Box; readonly holder: Box }[];
}

/** Runs in the page, and so uses nothing from outside of itself. */
export function pictureAsDrawn(): MeasuredPicture[] {
  return [...document.querySelectorAll<SVGSVGElement>('svg.topology')].map(svg => {
    const boxOf = (element: SVGGraphicsElement): Box => {
      const { x, y, width, height } = element.getBBox();
      return { left: x, top: y, right: x + width, bottom: y + height };
    };
    const { width, height } = svg.viewBox.baseVal;
    const pixels = svg.getBoundingClientRect().width;
    const viewBox = { left: 0, top: 0, right: width, bottom: height };
    if (pixels === 0) return { shown: false, scale: 0, viewBox, parts: [], texts: [] };
    const peering = svg.querySelector<SVGGraphicsElement>('.peering > rect')!;
    const holderOf = (text: Element): SVGGraphicsElement => {
      const group = text.parentElement?.closest('g:has(> rect)');
      return group?.querySelector<SVGGraphicsElement>(':scope > rect') ?? peering;
    };
    return {
      shown: true,
      scale: pixels / width,
      viewBox,
      parts: [...svg.querySelectorAll<SVGGraphicsElement>('g[data-part]')].map(part => ({
        name: part.dataset.part ?? '',
        box: boxOf(part),
      })),
      texts: [...svg.querySelectorAll('text')].map(text => ({
        name: text.textContent ?? '',
        font: text.getAttribute('class') ?? '',
        box: boxOf(text),
        holder: boxOf(holderOf(text)),
      })),
    };
  });
}
