import { useRef, useState, type KeyboardEvent } from 'react';
import { shellWords } from '../../copy/shellWords';
import { modeNames, type Mode } from '../../design/tokens';
import { useAtLeast, WIDE } from '../../design/useWidth';
import { useUiStore } from '../../stores/uiStore';

const say = shellWords.modes;

function stepped(from: Mode, key: string): Mode | undefined {
  const step = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : undefined;
  if (step === undefined) return undefined;
  return modeNames[(modeNames.indexOf(from) + step + modeNames.length) % modeNames.length];
}

/** How the page looks, on this device: all three side by side, or behind one button where there is no room. */
export function ModeSwitch() {
  return useAtLeast(WIDE) ? <ModeRadios /> : <ModeMenu />;
}

/** One tab stop; the arrows choose, and what is chosen is worn at once. */
export function ModeRadios() {
  const mode = useUiStore((state) => state.mode);
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepped(mode, event.key);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    useUiStore.getState().setMode(next);
    group.current?.querySelector<HTMLElement>(`[data-choose="${next}"]`)?.focus();
  };
  return (
    <div ref={group} className="modes" role="radiogroup" aria-label={say.label} aria-keyshortcuts="M" onKeyDown={onKeyDown}>
      {modeNames.map((name) => (
        <button key={name} type="button" role="radio" aria-checked={name === mode} tabIndex={name === mode ? 0 : -1} data-choose={name} title={say.titles[name]} onClick={() => useUiStore.getState().setMode(name)}>
          {say.names[name]}
        </button>
      ))}
    </div>
  );
}

function ModeMenu() {
  const mode = useUiStore((state) => state.mode);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = (back: boolean) => {
    setOpen(false);
    if (back) button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const on = modeNames.find((name) => (document.activeElement as HTMLElement | null)?.dataset['choose'] === name);
    const next = on && stepped(on, event.key);
    if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if (next) list.current?.querySelector<HTMLElement>(`[data-choose="${next}"]`)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="mode-menu" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button ref={button} type="button" className="d s12" aria-haspopup="menu" aria-expanded={open} aria-keyshortcuts="M" aria-label={say.menu(say.names[mode])} onClick={() => setOpen(!open)}>
        {say.names[mode]} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div ref={list} className="mode-list" role="menu" aria-label={say.label} onKeyDown={onKeyDown}>
          {modeNames.map((name) => (
            <button
              key={name}
              type="button"
              role="menuitemradio"
              aria-checked={name === mode}
              autoFocus={name === mode}
              tabIndex={-1}
              data-choose={name}
              onClick={() => {
                useUiStore.getState().setMode(name);
                close(true);
              }}
            >
              <b>{say.names[name]}</b> <span className="t2 s12">{say.titles[name]}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
