import { panelWords as words } from '../../copy/panelWords';
import type { PanelColumn, PanelValue } from '../../transport/panelWire';
import { Value } from './value';

interface PanelTableProps {
  title: string;
  columns: readonly PanelColumn[];
  rows: readonly (readonly PanelValue[])[];
  more: number;
}

/** Rows as they were given; the box scrolls, the page does not. */
export function PanelTable({ title, columns, rows, more }: PanelTableProps) {
  return (
    <div className="scroll panel-box" tabIndex={0} role="group" aria-label={words.scroll(title)}>
      <table className="panel-table">
        <thead>
          <tr>{columns.map((column, index) => <th key={index} scope="col" className={column.type === 'number' ? 'end' : undefined}><bdi>{column.title}</bdi></th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={at} className={column.type === 'number' ? 'end' : undefined}><Value value={row[at] ?? null} unit={column.unit} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="t3 s12">{words.more(more)}</p>}
    </div>
  );
}
