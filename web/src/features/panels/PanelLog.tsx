import { useLayoutEffect, useRef } from 'react';
import { timeOfDay } from '../../copy/format';
import { panelWords as words } from '../../copy/panelWords';
import { Glyph } from '../../design/Glyph';
import type { PanelLine } from '../../transport/panelWire';

/** As close to the end as this it is followed; further up somebody reads. */
const FOLLOWED_PX = 24;

/** Lines as they are, the newest at the end and in view, unless somebody scrolled up to read. */
export function PanelLog({ title, lines }: { title: string; lines: readonly PanelLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    <div
      className="scroll panel-box panel-log"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={words.scroll(title)}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight <= FOLLOWED_PX;
      }}
    >
      <ol>
        {lines.map((line, index) => (
          <li key={index} data-level={line.level}>
            <time className="m t3" dateTime={line.at}>{timeOfDay(Date.parse(line.at))}</time>
            {line.level === 'error' && <Glyph name="critical" label={words.level.error} />}
            {line.level === 'warning' && <Glyph name="warning" label={words.level.warning} />}
            <bdi>{line.text}</bdi>
          </li>
        ))}
      </ol>
    </div>
  );
}
