import './palette.css';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { announcePolitely, LiveRegions } from '../../a11y/announcer';
import { paletteWords as say } from '../../copy/paletteWords';
import { Glyph } from '../../design/Glyph';
import { useUiStore } from '../../stores/uiStore';
import { targetName } from '../actions/targets';
import type { Row } from './rows';
import { usePalette, type Step } from './usePalette';

const PAGE = 10;
const close = () => useUiStore.getState().openPalette(undefined);

function hintOf(step: Step): string {
  if (step.at === 'targets') return say.targetHint(step.tool.title);
  return step.at === 'offers' ? say.offersHint(targetName(step.item)) : say.hint;
}

/** How far a key moves the choice; what it does not move is typed. */
function moved(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return at >= last ? 0 : at + 1;
    case 'ArrowUp':
      return at <= 0 ? last : at - 1;
    case 'PageDown':
      return Math.min(last, at + PAGE);
    case 'PageUp':
      return Math.max(0, at - PAGE);
    default:
      return undefined;
  }
}

/** Everything that can be found or done, by typing. Focus stays in the field; the chosen row is told to screen readers. */
export function PaletteSheet() {
  const [query, setQuery] = useState(useUiStore.getState().palette ?? '');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const found = usePalette(query, () => {
    setQuery('');
    setAt(0);
    input.current?.focus();
  });
  const { rows, scope, text, step, loading, failure } = found;
  const chosen = rows[Math.min(at, rows.length - 1)];
  // The way to ask is offered where nothing is called so.
  const nothing = scope !== 'ask' && rows.length === 1 && rows[0]?.kind === 'ask';
  const idOf = (row: Row) => `${list}-${String(rows.indexOf(row))}`;

  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    if (query !== '' && !loading) announcePolitely(say.found(nothing ? 0 : rows.length));
  }, [query, rows.length, nothing, loading]);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = rows.length === 0 ? undefined : moved(event.key, at, rows.length - 1);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') {
      if (chosen) found.pick(chosen);
    } else if (event.key === 'Escape') {
      if (!found.back()) close();
    } else if (!(event.key === 'Backspace' && query === '' && found.back())) return;
    event.preventDefault();
  };
  const message = failure !== undefined ? say.failed(failure) : loading ? say.loading : scope === 'ask' && text === '' ? say.askHint : nothing ? say.none(text) : rows.length > 0 ? undefined : text === '' ? say.noneThere : say.none(text);
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={say.label}
      onCancel={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="palette-in">
        <div className="palette-field">
          {step.at !== 'top' && <button type="button" className="quiet" onClick={() => found.back()}>← {say.back}</button>}
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label={hintOf(step)}
            aria-expanded={rows.length > 0}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={chosen ? idOf(chosen) : undefined}
            placeholder={hintOf(step)}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
          />
        </div>
        <ul id={list} role="listbox" aria-label={say.results} className="scroll">
          {rows.map((row) => <Line key={row.key} row={row} id={idOf(row)} chosen={row === chosen} onPick={() => found.pick(row)} />)}
        </ul>
        {message !== undefined && <p className="palette-none t2">{message}</p>}
        <p className="palette-keys t3 s12" aria-hidden="true"><kbd>↑↓</kbd> {say.keys.choose} <kbd>Enter</kbd> {say.keys.go} <kbd>Esc</kbd> {say.keys.close}</p>
      </div>
      <LiveRegions />
    </dialog>
  );
}

function Line({ row, id, chosen, onPick }: { row: Row; id: string; chosen: boolean; onPick: () => void }) {
  return (
    // Chosen by the keys of the field, which has the focus; the pointer only shortens the way.
    <li id={id} role="option" aria-selected={chosen} aria-disabled={row.off !== undefined} data-row={row.key} onPointerDown={(event) => event.preventDefault()} onClick={onPick}>
      <span className="pg">{row.glyph && <Glyph name={row.glyph} />}</span>
      <span className="pt">
        <bdi className="pl">{row.label}</bdi>
        {(row.off ?? row.detail) !== undefined && <span className={row.off === undefined ? 'pd t2' : 'pd refusal'}><bdi>{row.off ?? row.detail}</bdi></span>}
      </span>
      <span className="pk t3 s12">{row.mark ?? say.kind[row.kind]}</span>
    </li>
  );
}
