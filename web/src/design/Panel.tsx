import { useId, type ReactNode } from 'react';

interface PanelProps {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled region of the screen. */
export function Panel({ title, note, aside, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={className ? `p ${className}` : 'p'} aria-labelledby={id}>
      <header className="ph">
        <h2 id={id} className="d up">{title}</h2>
        {note !== undefined && <span className="note">{note}</span>}
        <span className="sp" />
        {aside}
      </header>
      {children}
    </section>
  );
}
