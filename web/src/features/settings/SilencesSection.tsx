import { useEffect } from 'react';
import { serverNow, silence } from '../../app/problems';
import { silenceWords as say } from '../../copy/careWords';
import { dayAndTime } from '../../copy/format';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useProblemsStore } from '../../stores/problemsStore';
import { knownProblem, type KnownProblem } from '../../transport/problemWire';
import { headOf } from '../problems/names';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { useList } from './useList';

/** Long enough ago that no difference between two clocks makes it a silence of a moment. */
const PAST_MS = 60_000;

/** Everything that is silenced, those included that are over at the moment: a silence outlives that. */
export function SilencesSection() {
  const { list, reload } = useList('api/problems?state=all&limit=1000', knownProblem);
  // Whoever silences or ends a silence elsewhere, the list is asked for anew.
  const told = useProblemsStore(({ problems }) => [...problems.values()].filter(({ silenced }) => silenced).map(({ id, silence: end }) => `${id} ${end?.until ?? ''}`).join());
  useEffect(() => reload(), [told, reload]);
  const silenced = list.state === 'ready' ? { ...list, items: list.items.filter((problem) => problem.silenced) } : list;
  return (
    <section>
      <h3>{words.settings.sections.silences}</h3>
      <p className="t2 s13">{say.lead}</p>
      <ListState list={silenced} empty={say.empty} reload={reload}>
        {(problems) => <ul className="lines">{problems.map((problem) => <SilenceLine key={problem.id} problem={problem} reload={reload} />)}</ul>}
      </ListState>
    </section>
  );
}

function SilenceLine({ problem, reload }: { problem: KnownProblem; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const end = async () => {
    await silence(problem.id, serverNow() - PAST_MS);
    reload();
  };
  return (
    <li data-silence={problem.id}>
      <div>
        <p><b><bdi>{headOf(problem)}</bdi></b>{problem.resolvedAt && <span className="oc">{say.over}</span>}</p>
        <p className="t2 s12">
          {problem.silence && <bdi>{say.until(dayAndTime(Date.parse(problem.silence.until) || 0), problem.silence.by)}</bdi>}
        </p>
        <p className="t2 s13"><bdi>{problem.summary}</bdi></p>
      </div>
      <Confirmed label={say.end} question={say.endSure} keep={say.keep} of={headOf(problem)} disabled={!live} act={end} />
    </li>
  );
}
