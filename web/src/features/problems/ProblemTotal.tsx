import { count } from '../../copy/format';
import { words } from '../../copy/words';
import { Plate } from '../../design/Plate';
import { useConnectionStore } from '../../stores/connectionStore';
import { useProblemCount, useProblemsStore } from '../../stores/problemsStore';

/** How many problems want somebody, filled only by how bad the worst of them is. */
export function ProblemTotal() {
  const { open, worst } = useProblemCount();
  const known = useProblemsStore((state) => state.list === 'known');
  const stale = useConnectionStore((state) => state.links.events.phase !== 'live');
  return (
    <div data-total={words.problems.count}>
      <dt>{words.problems.count}</dt>
      <dd>
        {worst === undefined ? <span className="n">{known && !stale ? '0' : '–'}</span> : <Plate kind={stale ? 'stale' : worst}>{count(open)}</Plate>}
        {worst !== undefined && <span className="sr">, {stale ? words.glyph.stale : words.glyph[worst]}</span>}
      </dd>
    </div>
  );
}
