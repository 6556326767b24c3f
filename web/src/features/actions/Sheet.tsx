import { useEffect, useId, useRef, type ReactNode } from 'react';
import { words } from '../../copy/words';
import { LiveRegions } from '../../a11y/announcer';

interface SheetProps {
  title: string;
  kicker?: string;
  className?: string;
  /** A press beside the sheet does not close it: what was typed into it would be gone. */
  sticky?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal sheet over the page; the browser keeps focus inside and gives it back on close. */
export function Sheet({ title, kicker, className, sticky = false, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const before = useRef<Element | null>(null);

  useEffect(() => {
    const element = dialog.current;
    before.current = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      const back = before.current;
      if (back instanceof HTMLElement && back.isConnected) back.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={className ? `sheet ${className}` : 'sheet'}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        // A browser may close it whatever the page says to the key.
        if (dialog.current?.open === false) onClose();
      }}
      onPointerDown={(event) => {
        if (!sticky && event.target === dialog.current) onClose();
      }}
    >
      <div className="body">
        <header>
          <div>
            {kicker && <p className="kicker">{kicker}</p>}
            <h2 id={heading}>{title}</h2>
          </div>
          <button type="button" className="quiet" aria-label={words.actions.close} onClick={onClose}>
            <kbd>Esc</kbd>
          </button>
        </header>
        {children}
      </div>
      <LiveRegions />
    </dialog>
  );
}
