import { words } from '../../copy/words';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useConnectionStore } from '../../stores/connectionStore';
import { useProblemsStore } from '../../stores/problemsStore';
import { headOf } from './names';
import { showProblem } from './showProblem';

const MOST = 4;

/** The open problems about a resource, or that it suffers from, within its own details. */
export function ResourceProblems({ resource }: { resource: string }) {
  const ids = useProblemsStore((state) => state.byRef.get(resource));
  const problems = useProblemsStore((state) => state.problems);
  const stale = useConnectionStore((state) => state.links.events.phase !== 'live');
  if (!ids || ids.length === 0) return null;
  return (
    <ul className="rp" aria-label={words.problems.here}>
      {ids.slice(0, MOST).map((id) => {
        const problem = problems.get(id);
        if (!problem) return null;
        const word = words.problems.severity[problem.severity];
        return (
          <li key={id} data-resource-problem={id}>
            {problem.silenced || stale ? <Glyph name={stale ? 'stale' : problem.severity} label={word} /> : <Plate kind={problem.severity}>{word}</Plate>}
            <span className="what">
              <bdi>{problem.summary}</bdi>
              {problem.ref !== resource && <span className="t3"> {words.problems.suffers}</span>}
            </span>
            <button type="button" aria-label={words.problems.showOf(headOf(problem))} onClick={() => showProblem(id)}>{words.problems.show}</button>
          </li>
        );
      })}
      {ids.length > MOST && <li className="t3">{words.problems.more(ids.length - MOST)}</li>}
    </ul>
  );
}
