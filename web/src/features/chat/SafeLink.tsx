import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { chatWords as say } from '../../copy/chatWords';

/** A second click as fast as this belongs to the first. */
const ONE_CLICK_MS = 500;

/** A link that a model wrote: its first click shows where it leads, and only a second one goes there. */
export function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const [shownAt, setShownAt] = useState<number>();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (shownAt !== undefined) link.current?.focus();
  }, [shownAt]);
  if (shownAt === undefined) return <button type="button" className="md-link" onClick={() => setShownAt(Date.now())}>{children}</button>;
  const onClick = (event: MouseEvent) => {
    if (Date.now() - shownAt < ONE_CLICK_MS) event.preventDefault();
  };
  return (
    <span className="md-shown">
      <a ref={link} className="md-link" href={href} target="_blank" rel="noopener noreferrer" title={say.link.open} onClick={onClick} onAuxClick={onClick}>{children}</a>
      <span className="md-target"> {say.link.leads} <bdi dir="ltr">{href}</bdi></span>
    </span>
  );
}
