import type { ComponentChildren, VNode } from 'preact';
import { cellTone, worstTone } from '../../../lib/review/document/cells';
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
      {tables.map((table, i) => (
        <Table {...table} id={`${id}--table-${i + 1}`} label={table.title ?? title} />
      ))}
    </section>
  );
}

interface TableProps extends ReviewTable {
  readonly id: string;
  /** What it is called by those who do not see its heading. */
  readonly label: string;
}

function Table({ title, columns, rows, notes = [], id, label }: TableProps): VNode {
  return (
    <>
      {title === undefined ? null : <h3 id={`${id}-title`}>{title}</h3>}
      {rows.length === 0 ? (
        <p class="none">Nothing.</p>
      ) : (
        <Scrolling label={label} long={rows.length >= LONG}>
          <Rows columns={columns} rows={rows} />
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

function Rows({ columns, rows }: Pick<ReviewTable, 'columns' | 'rows'>): VNode {
  return (
    <table>
      <thead>
        <tr>
          {columns.map(name => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(cells => (
          <Row cells={cells} />
        ))}
      </tbody>
    </table>
  );
}

/** The first cell says what the row is about. Its edge shows the gravest tone, which a narrow window may have scrolled out of sight. */
function Row({ cells: [first, ...others] }: { readonly cells: readonly Cell[] }): VNode {
  const tone = worstTone([first, ...others].map(cellTone));
  return (
    <tr class={tone === 'danger' || tone === 'warning' ? tone : undefined}>
      <th scope="row">
        <CellContent cell={first} />
      </th>
      {others.map(cell => (
        <td>
          <CellContent cell={cell} />
        </td>
      ))}
    </tr>
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
