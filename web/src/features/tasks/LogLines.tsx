import './log.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { taskWords } from '../../copy/taskWords';
import { announcePolitely } from '../../a11y/announcer';
import { matching, split, type LogBuffer } from './logBuffer';

const LINE = 18;
/** This close to its end the list counts as being there. */
const AT_END_PX = 24;

interface LogLinesProps {
  title: string;
  buffer: LogBuffer;
  /** Whether more may come: then its end is followed until somebody scrolls away from it. */
  running: boolean;
}

/** Lines as inert text, however many: searched, copied, and followed while they come. */
export function LogLines({ title, buffer, running }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  // The first Enter goes to the first match, the next ones go on from there.
  const [visited, setVisited] = useState(false);
  const [follow, setFollow] = useState(running);
  const [said, setSaid] = useState<string>();
  const matches = useMemo(() => matching(buffer, text), [buffer, text]);
  const { lines, first } = buffer;
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => LINE, overscan: 20 });

  useEffect(() => {
    if (follow && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines.length, virtualizer]);

  const goTo = (index: number) => {
    if (matches.length === 0) return;
    const next = (index + matches.length) % matches.length;
    setAt(next);
    setVisited(true);
    setFollow(false);
    virtualizer.scrollToIndex(matches[next] ?? 0, { align: 'center' });
  };
  const copy = async () => {
    let done: string = taskWords.copied;
    try {
      await navigator.clipboard.writeText(lines.join('\n'));
    } catch {
      done = taskWords.uncopied;
    }
    setSaid(done);
    announcePolitely(done);
  };
  return (
    <div className="tl">
      <div className="tl-bar">
        <label className="filter">
          <span className="sr">{taskWords.search}</span>
          <input
            type="text" role="searchbox" value={text} placeholder={taskWords.searchHint} autoComplete="off" spellCheck={false}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
              setVisited(false);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              goTo(visited ? at + (event.shiftKey ? -1 : 1) : 0);
            }}
          />
        </label>
        {text.trim() !== '' && (
          <>
            <span className="m s12 t2" data-matches>{matches.length === 0 ? taskWords.matches(0) : `${String(at + 1)} / ${taskWords.matches(matches.length)}`}</span>
            <button type="button" aria-label={taskWords.previous} disabled={matches.length === 0} onClick={() => goTo(at - 1)}>↑</button>
            <button type="button" aria-label={taskWords.next} disabled={matches.length === 0} onClick={() => goTo(at + 1)}>↓</button>
          </>
        )}
        <span className="sp" />
        <span className="m s12 t2">{taskWords.lines(first + lines.length)}</span>
        {running && <button type="button" aria-pressed={follow} title={taskWords.following} onClick={() => setFollow(!follow)}>{taskWords.follow}</button>}
        <button type="button" onClick={() => void copy()}>{taskWords.copy}</button>
        {said && <span className="s12 t2">{said}</span>}
      </div>
      {first > 0 && <p className="s12 t2">{taskWords.cut(lines.length)}</p>}
      <div
        ref={scroller} className="scroll tl-lines" tabIndex={0} role="group" aria-label={title}
        onScroll={({ currentTarget: box }) => {
          if (follow && box.scrollHeight - box.scrollTop - box.clientHeight > Math.max(AT_END_PX, box.clientHeight)) setFollow(false);
        }}
        onWheel={(event) => {
          if (event.deltaY < 0) setFollow(false);
        }}
      >
        <div className="virtual" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((row) => {
            const line = lines[row.index] ?? '';
            return (
              <div key={row.key} className={matches[at] === row.index && text.trim() !== '' ? 'tl-line now' : 'tl-line'} style={{ transform: `translateY(${String(row.start)}px)` }}>
                <bdi>{text.trim() === '' ? line : split(line, text).map((piece, n) => (n % 2 === 1 ? <mark key={n}>{piece}</mark> : piece))}</bdi>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
