import type { ComponentChildren, VNode } from 'preact';
import { cellText, cellTone, worstTone } from '../../../lib/review/document/cells';
import type { Cell, ReviewSection, ReviewTable } from '../../../lib/review/document/review-document';
import { Badge, CellContent } from './tone';

/** From so many rows on a table scrolls by itself, below headers that stay. */
const LONG = 25;

export function Section({ id, title, summary, tone, tables }: ReviewSection): VNode {
  const heading = `${id}--title`;
  return (
    <section id={id} aria-labelledby={heading} class={`review ${tone}`}>
      <h2 id={heading}>
        {title} <Badge tone={tone} />
      </h2>
      <p class="summary">{summary}</p>
      {tables.map(table => (
        <Table {...table} label={table.title ?? title} />
      ))}
    </section>
  );
}

interface TableProps extends ReviewTable {
  /** What it is called by those who do not see its heading. */
  readonly label: string;
}

function Table({ label, ...table }: TableProps): VNode {
  const { title, rows, notes = [] } = table;
  return (
    <>
      {title === undefined ? null : <h3>{title}</h3>}
      {rows.length === 0 ? (
        <p class="none">Nothing.</p>
      ) : (
        <Scrolling label={label} long={rows.length >= LONG}>
          <Rows {...table} />
        </Scrolling>
      )}
      {notes.length === 0 ? null : (
        <ul class="notes">
          {notes.map(note => (
            <li>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Rows({ columns, rows, explanations = [] }: ReviewTable): VNode {
  const beside = columns.filter(name => !explanations.includes(name));
  return (
    <table>
      <thead>
        <tr>
          {beside.map(name => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      {rows.map(row => {
        const cells = row.map((cell, i) => ({ cell, column: columns[i] }));
        const isBelow = ({ column }: NamedCell): boolean => explanations.includes(column);
        return <Row beside={cells.filter(cell => !isBelow(cell))} below={cells.filter(isBelow)} />;
      })}
    </table>
  );
}

/** What has no place to break within a column is broken anywhere. */
const LONG_WORD = /\S{25}/;
const breaking = (cell: Cell): string | undefined => (LONG_WORD.test(cellText(cell)) ? 'breaks' : undefined);

/** A narrow window has no room for headers: there each value comes with the name of its column. */
interface NamedCell {
  readonly column: string;
  readonly cell: Cell;
}

/** The first cell says what the row is about. The edge of a row shows its gravest tone. */
function Row({
  beside: [first, ...others],
  below,
}: {
  readonly beside: readonly NamedCell[];
  readonly below: readonly NamedCell[];
}): VNode {
  const tone = worstTone([first, ...others, ...below].map(({ cell }) => cellTone(cell)));
  return (
    <tbody class={tone === 'danger' || tone === 'warning' ? tone : undefined}>
      <tr>
        <th scope="row" data-column={first.column} class={breaking(first.cell)}>
          <CellContent cell={first.cell} />
        </th>
        {others.map(({ column, cell }) => (
          <td data-column={column} class={breaking(cell)}>
            <CellContent cell={cell} />
          </td>
        ))}
      </tr>
      {below.length === 0 ? null : (
        <tr class="below">
          <td colspan={others.length + 1}>
            <dl>
              {below.map(({ column, cell }) => (
                <div>
                  <dt>{column}</dt>
                  <dd>
                    <CellContent cell={cell} />
                  </dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </tbody>
  );
}

interface ScrollingProps {
  readonly label: string;
  readonly long?: boolean;
  readonly children: ComponentChildren;
}

/** What is wider than the page scrolls in a box of its own, which the keyboard reaches too. */
export function Scrolling({ label, long = false, children }: ScrollingProps): VNode {
  return (
    <div class={long ? 'scroll long' : 'scroll'} role="group" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}
