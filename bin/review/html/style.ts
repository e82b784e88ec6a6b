/** Each colour is named for its use, with its value on a light and on a dark page. */
const COLOURS: { readonly [name: string]: readonly [light: string, dark: string] } = {
  page: ['#f7f9fc', '#0b0f16'],
  sheet: ['#ffffff', '#121926'],
  line: ['#d3dbe6', '#2d3a4d'],
  head: ['#eef2f8', '#1a2434'],
  ink: ['#16202c', '#e8eef6'],
  soft: ['#4a5869', '#a9b7c8'],
  link: ['#1d57b4', '#8fbaff'],
  focus: ['#1d57b4', '#8fbaff'],
  'good-ink': ['#14532d', '#8fe0b0'],
  good: ['#dcf3e4', '#12291d'],
  'warning-ink': ['#6b4300', '#f3cf7a'],
  warning: ['#fdeecb', '#33270a'],
  'danger-ink': ['#8e1414', '#ff9f98'],
  danger: ['#fde3e1', '#3b1515'],
  'plain-ink': ['#33465c', '#b9c8da'],
  plain: ['#e6ecf3', '#1f2a39'],
};

const TONES = ['good', 'warning', 'danger', 'plain'];

/** Up to this width the regions of the picture stand above each other, and so do the cells of a row. */
const STACKED_UP_TO = 860;

/** The style sheet of the page. */
export function pageStyle(): string {
  const variables = (side: 0 | 1): string =>
    Object.entries(COLOURS)
      .map(([name, values]) => `--page-${name}: ${values[side]};`)
      .join(' ');
  return `
:root { color-scheme: light dark; ${variables(0)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(1)} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page-page); color: var(--page-ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
.skip { position: absolute; left: 1rem; top: -5rem; padding: .5rem 1rem; background: var(--page-sheet); color: var(--page-link); border-radius: 6px; }
.skip:focus { top: .5rem; }
:focus-visible { outline: 3px solid var(--page-focus); outline-offset: 2px; border-radius: 4px; }
.wide { max-width: 1200px; margin: 0 auto; padding: 0 1.5rem; }
header.wide { padding-top: 2rem; padding-bottom: .5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: 1.3rem; line-height: 1.3; overflow-wrap: anywhere; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.02rem; overflow-wrap: anywhere; }
p { margin: 0 0 .75rem; max-width: 75ch; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--page-link); text-underline-offset: .15em; }
.source, .none, .notes, footer { color: var(--page-soft); }
.tally { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; font-size: .95rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav.wide { padding-top: 1.25rem; padding-bottom: .25rem; }
nav ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: .5rem; margin: .5rem 0 0; padding: 0; list-style: none; }
nav li { display: flex; align-items: center; justify-content: space-between; gap: .75rem; padding: .45rem .75rem; background: var(--page-sheet); border: 1px solid var(--page-line); border-radius: 8px; }
nav a { overflow-wrap: anywhere; padding: .2rem 0; }
section { margin: 1.25rem 0; padding: 1.25rem 1.5rem; background: var(--page-sheet); border: 1px solid var(--page-line); border-radius: 12px; }
section.danger { border-inline-start: 5px solid var(--page-danger-ink); }
section.warning { border-inline-start: 5px solid var(--page-warning-ink); }
.badge, .toned { border-radius: 999px; }
.badge { display: inline-flex; align-items: center; gap: .4em; flex: none; padding: .1em .7em .1em .45em; font-size: .8rem; font-weight: 600; line-height: 1.6; vertical-align: .12em; white-space: nowrap; }
.toned { position: relative; padding: .1em .55em .1em .3em; border-radius: 8px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.sign { display: inline-block; min-width: 1.35em; text-align: center; font-weight: 700; }
${TONES.map(tone => `.badge.${tone}, .toned.${tone} { background: var(--page-${tone}); color: var(--page-${tone}-ink); }`).join('\n')}
.scroll { position: relative; overflow-x: auto; border: 1px solid var(--page-line); border-radius: 8px; }
.scroll.long { max-height: 85vh; overflow: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; text-align: start; vertical-align: top; white-space: pre-line; overflow-wrap: break-word; }
.breaks { overflow-wrap: anywhere; min-width: 12rem; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--page-head); box-shadow: 0 1px 0 var(--page-line); }
tbody + tbody { border-top: 1px solid var(--page-line); }
tbody th { font-weight: 600; }
tbody.danger { box-shadow: inset 4px 0 0 var(--page-danger-ink); }
tbody.warning { box-shadow: inset 4px 0 0 var(--page-warning-ink); }
tbody:hover { background-color: var(--page-page); }
.below > td { padding-top: 0; }
dl, dd { margin: 0; }
dl > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: .1rem .75rem; }
dt, [data-column]::before { color: var(--page-soft); font-weight: 400; }
dd > .toned { justify-self: start; }
.notes { margin: .75rem 0 0; padding-inline-start: 1.2rem; font-size: .88rem; overflow-wrap: anywhere; }
.picture .scroll { border: 0; border-radius: 0; }
.picture svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.picture svg.beside { min-width: 1000px; }
.picture svg.stacked { display: none; }
footer.wide { padding-top: .5rem; padding-bottom: 2.5rem; font-size: .88rem; }
@media screen and (max-width: ${STACKED_UP_TO}px) {
  .picture svg.beside { display: none; }
  .picture svg.stacked { display: block; width: 100%; max-width: 470px; }
  .scroll, .scroll.long { max-height: none; overflow: visible; }
  thead { display: none; }
  table { display: block; }
  tbody { display: flex; flex-direction: column; padding: .45rem 0; }
  tr { display: contents; }
  tbody th, td { display: grid; grid-template-columns: minmax(6.5rem, 26%) minmax(0, 1fr); gap: .1rem .75rem; min-width: 0; padding: .15rem .75rem; order: 2; }
  tbody th { order: 0; }
  .below > td { display: block; order: 1; }
  dl > div { grid-template-columns: minmax(6.5rem, 26%) minmax(0, 1fr); padding: .15rem 0; }
  [data-column]::before { content: attr(data-column); }
  td:empty { display: none; }
  td > .toned, th > .toned { justify-self: start; }
}
@media screen and (max-width: 640px) {
  .wide { padding: 0 .5rem; }
  header.wide { padding-top: 1.25rem; }
  h1 { font-size: 1.5rem; }
  section { padding: 1rem .75rem; border-radius: 10px; }
  section.picture { padding: 1rem 0 0; background: none; border: 0; }
  section.picture h2, section.picture > p { padding: 0 .5rem; }
}
@media print {
  @page { size: landscape; margin: 12mm; }
  body { background: none; font-size: 10pt; }
  .skip, nav { display: none; }
  .wide { max-width: none; padding: 0; }
  section { padding: 0; border: 0; margin: 0 0 8mm; }
  section.danger, section.warning { padding-inline-start: 4mm; }
  .scroll, .scroll.long { max-height: none; overflow: visible; }
  .picture svg.beside { display: block; min-width: 0; }
  .picture svg.stacked { display: none; }
  h2, h3 { break-after: avoid; }
  table { font-size: 8pt; }
  th, td { padding: 1.2mm 1.6mm; }
  tbody, svg { break-inside: avoid; }
  thead th { position: static; }
  .badge, .toned, svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
}
