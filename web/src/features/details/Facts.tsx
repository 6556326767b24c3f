import './details.css';
import type { ReactNode } from 'react';

export type Fact = readonly [label: string, value: ReactNode];

/** Labels and their values in two columns; what is not known is left out by whoever calls. */
export function Facts({ rows, wide = false }: { rows: readonly Fact[]; wide?: boolean }) {
  return (
    <dl className={wide ? 'det one' : 'det'}>
      {rows.map(([label, value]) => (
        <div key={label}><dt>{label}</dt><dd title={typeof value === 'string' ? value : undefined}><bdi>{value}</bdi></dd></div>
      ))}
    </dl>
  );
}
