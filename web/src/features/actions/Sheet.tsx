import { useEffect, useId, useRef, type ReactNode } from 'react';
import { words } from '../../copy/words';

interface SheetProps {
  title: string;
  kicker?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal sheet over the page; the browser keeps focus inside and gives it back on close. */
export function Sheet({ title, kicker, onClose, children }: SheetProps) {
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
      className="sheet"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose();
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
    </dialog>
  );
}
