import { useEffect, useRef, useState } from 'react';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { terminalWords } from '../../copy/terminalWords';
import { useTerminalStore, type ShownTerminal } from '../../stores/terminalStore';
import { browser } from '../../transport/channel';
import { socketAddress } from '../../transport/paths';
import { TerminalLine } from '../../transport/terminalLine';
import { pasteOf, type Paste } from './paste';
import { defineTerminalSheet } from './terminalSheet';
import { themeOf } from './theme';

const SCROLLBACK = 5_000;
const FIT_AFTER_MS = 80;
const store = () => useTerminalStore.getState();

function screenIn(host: HTMLElement): { terminal: Terminal; fit: FitAddon } {
  defineTerminalSheet();
  const terminal = new Terminal({
    scrollback: SCROLLBACK,
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: 13,
    minimumContrastRatio: 4.5,
    theme: themeOf(host),
    // What a host prints may hold links to anywhere, under any text.
    linkHandler: { activate: () => undefined },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(host);
  return { terminal, fit };
}

/** Two chords do not reach the shell: HALT, which the page takes, and the one that leaves. */
function isLeaveChord(event: KeyboardEvent): boolean {
  return event.ctrlKey && event.shiftKey && event.key === 'ArrowUp';
}

function passes(event: KeyboardEvent, terminal: Terminal): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey && event.altKey && key === 'h') return false;
  if (isLeaveChord(event)) {
    event.preventDefault();
    if (event.type === 'keydown') document.getElementById('centre')?.focus();
    return false;
  }
  if (event.ctrlKey && event.shiftKey && key === 'c') {
    event.preventDefault();
    // Without a secure context there is no clipboard to write to; the menu's Copy works all the same.
    if (event.type === 'keydown' && terminal.hasSelection() && window.isSecureContext) void navigator.clipboard.writeText(terminal.getSelection());
    return false;
  }
  // Left to the browser, which pastes.
  return !(event.ctrlKey && event.shiftKey && key === 'v');
}

function lineOf(shown: ShownTerminal, terminal: Terminal): TerminalLine {
  const { id } = shown.terminal;
  return new TerminalLine(
    socketAddress(`ws/terminal?id=${encodeURIComponent(id)}`, undefined),
    shown.secret,
    {
      onOutput: (text, written) => terminal.write(text, written),
      onPhase: (phase, reason, exitStatus) => store().note(id, { phase, reason, exitStatus, ...(phase === 'live' ? { warning: undefined } : {}) }),
      onWarning: (_code, message) => store().note(id, { warning: message }),
      onRefusal: (message) => store().note(id, { warning: message }),
    },
    browser,
  );
}

/** One terminal on the screen, with its line to the host. */
export function TerminalScreen({ shown, visible }: { shown: ShownTerminal; visible: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const first = useRef(shown);
  const terminal = useRef<Terminal>(null);
  const refit = useRef<() => void>(() => undefined);
  const [asked, setAsked] = useState<Paste>();
  const [reader, setReader] = useState(false);

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const { terminal: screen, fit } = screenIn(element);
    const line = lineOf(first.current, screen);
    terminal.current = screen;
    let timer: number | undefined;
    refit.current = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (element.offsetParent !== null) fit.fit();
      }, FIT_AFTER_MS);
    };
    const observer = new ResizeObserver(() => refit.current());
    const onPaste = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const paste = pasteOf(event.clipboardData?.getData('text/plain') ?? '', screen.modes.bracketedPasteMode);
      if (paste.dangerous) setAsked(paste);
      else screen.paste(paste.text);
    };
    screen.attachCustomKeyEventHandler((event) => passes(event, screen));
    const typed = screen.onData((data) => {
      store().note(first.current.terminal.id, { warning: undefined });
      line.type(data);
    });
    const sized = screen.onResize(({ cols, rows }) => line.resize(cols, rows));
    element.addEventListener('paste', onPaste, true);
    observer.observe(element);
    fit.fit();
    line.resize(screen.cols, screen.rows);
    line.start();
    const retry = () => line.retryNow();
    window.addEventListener('online', retry);
    screen.focus();
    return () => {
      window.removeEventListener('online', retry);
      window.clearTimeout(timer);
      observer.disconnect();
      element.removeEventListener('paste', onPaste, true);
      typed.dispose();
      sized.dispose();
      line.stop();
      screen.dispose();
      terminal.current = null;
    };
  }, []);

  useEffect(() => {
    if (!visible) return;
    refit.current();
    terminal.current?.focus();
  }, [visible]);

  useEffect(() => {
    if (terminal.current) terminal.current.options.screenReaderMode = reader;
  }, [reader]);

  const answer = (go: boolean) => {
    if (go && asked) terminal.current?.paste(asked.text);
    setAsked(undefined);
    terminal.current?.focus();
  };
  return (
    <>
      {asked && (
        <div className="notice term-paste" role="alertdialog" aria-label={terminalWords.paste.ask(asked.lines)}>
          <span>{terminalWords.paste.ask(asked.lines)}</span>
          <button type="button" autoFocus onClick={() => answer(false)}>{terminalWords.paste.not}</button>
          <button type="button" className="risky" onClick={() => answer(true)}>{terminalWords.paste.go}</button>
        </div>
      )}
      <div ref={host} className="term-screen" role="group" aria-label={terminalWords.screen(shown.terminal.title)} />
      <label className="term-reader s12 t2">
        <input type="checkbox" checked={reader} onChange={(event) => setReader(event.target.checked)} /> {terminalWords.reader}
      </label>
    </>
  );
}
