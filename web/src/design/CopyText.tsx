import { useEffect, useRef, useState } from 'react';
import { words } from '../copy/words';
import { announcePolitely } from '../a11y/announcer';

const GROUP = 8;
const SAID_MS = 4_000;

interface CopyTextProps {
  /** What it is, for the button. */
  what: string;
  text: string;
  /** Drawn in groups, as people compare long numbers; copied in one. */
  grouped?: boolean;
  onCopied?: () => void;
}

type Done = 'no' | 'copied' | 'selected';

/** A long word that has to be readable to the last character, and can be taken along. */
export function CopyText({ what, text, grouped = false, onCopied }: CopyTextProps) {
  const code = useRef<HTMLElement>(null);
  const [done, setDone] = useState<Done>('no');

  useEffect(() => {
    if (done === 'no') return;
    const timer = window.setTimeout(() => setDone('no'), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [done]);

  const copy = async () => {
    const said = (await written(text)) ? 'copied' : selected(code.current);
    setDone(said);
    announcePolitely(words.copy[said]);
    onCopied?.();
  };
  const groups = grouped ? (text.match(new RegExp(`.{1,${String(GROUP)}}`, 'gu')) ?? []) : [text];
  return (
    <span className="copy">
      <code ref={code} className={grouped ? 'grouped' : undefined}>{groups.map((group, at) => <span key={at}>{group}</span>)}</code>
      <button type="button" aria-label={words.copy.what(what)} onClick={() => void copy()}>{done === 'no' ? words.copy.copy : words.copy[done]}</button>
    </span>
  );
}

/** A page that is not served securely has no clipboard. */
export async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function selected(element: HTMLElement | null): 'selected' {
  if (element) window.getSelection()?.selectAllChildren(element);
  return 'selected';
}
