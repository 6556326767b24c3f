import { dayAndTime } from '../../copy/format';
import { words } from '../../copy/words';
import { useActivityStore } from '../../stores/activityStore';
import { useClusterStore } from '../../stores/clusterStore';
import { isOpen } from '../../stores/problemsStore';
import type { KnownProblem } from '../../transport/problemWire';
import type { Resource } from '../../transport/wire';
import { targetName } from '../actions/targets';
import { LogButton } from '../tasks/TaskRows';
import { clusterIdOf, taskIn, taskTitle } from '../tasks/upid';
import { FixButton } from './FixButton';
import { bestOf, stateOf } from './remedies';
import { Tending } from './Tending';

const MOST_NAMED = 20;

interface ProblemDetailProps {
  problem: KnownProblem;
  mending: boolean;
  deaf: boolean;
  fixing: string | undefined;
  onFix: (remedy: string) => void;
}

const when = (at: string | null | undefined): string => (at ? dayAndTime(Date.parse(at) || 0) : '');

/** All that is known of a problem, and what a person can say of it. */
export function ProblemDetail({ problem, mending, deaf, fixing, onFix }: ProblemDetailProps) {
  const best = bestOf(problem.remedies);
  const others = problem.remedies.filter((remedy) => remedy !== best);
  return (
    <div className="pd">
      {problem.explanation && <p className="t2"><bdi>{problem.explanation}</bdi></p>}
      {problem.evidence.length > 0 && (
        <Section title={words.problems.evidence}>
          <dl className="facts-list">
            {problem.evidence.map(({ label, value, at }, index) => (
              <div key={index}><dt><bdi>{label}</bdi></dt><dd><TaskLink text={value} of={problem.ref} />{at && <time className="t3 s12" dateTime={at}>{when(at)}</time>}</dd></div>
            ))}
          </dl>
        </Section>
      )}
      {problem.affected.total > 0 && <Affected affected={problem.affected} />}
      {isOpen(problem) && others.length > 0 && (
        <Section title={words.problems.other}>
          <div className="acts">
            {others.map((remedy) => <FixButton key={remedy.id} problem={problem} remedy={remedy} opened={fixing === remedy.id} mending={mending} deaf={deaf} onOpen={onFix} />)}
          </div>
        </Section>
      )}
      {problem.attempts.length > 0 && <Attempts problem={problem} />}
      {problem.notes.length > 0 && (
        <Section title={words.problems.notes}>
          <ul className="said">
            {problem.notes.map(({ by, at, text }, index) => (
              <li key={index}><span className="t3 s12"><bdi>{by}</bdi>, {when(at)}</span><span className="text"><bdi>{text}</bdi></span></li>
            ))}
          </ul>
        </Section>
      )}
      {isOpen(problem) && <Tending problem={problem} deaf={deaf} />}
    </div>
  );
}

/** A task that a piece of evidence names can be read to its end. */
function TaskLink({ text, of }: { text: string; of: string | null | undefined }) {
  const task = of ? taskIn(text) : undefined;
  if (!task || !of) return <bdi>{text}</bdi>;
  const title = taskTitle(task);
  return <><bdi title={text}>{title}</bdi> <LogButton cluster={clusterIdOf(of)} upid={task.upid} title={title} /></>;
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

/** A shared storage is the same by name on each node that sees it. */
function affectedName(item: Resource): string {
  return item.kind === 'storage' && item.node !== undefined ? words.problems.onNode(targetName(item), item.node) : targetName(item);
}

function Affected({ affected }: { affected: KnownProblem['affected'] }) {
  // Names change rarely; the card is drawn anew whenever the problem changes.
  const { entities } = useClusterStore.getState();
  const named = affected.items.slice(0, MOST_NAMED);
  const more = affected.total - named.length;
  return (
    <Section title={`${words.problems.affected} (${String(affected.total)})`}>
      <ul className="names">
        {named.map((ref) => {
          const item = entities.get(ref);
          return <li key={ref}><bdi>{item ? affectedName(item) : ref}</bdi></li>;
        })}
        {more > 0 && <li className="t3">{words.problems.andMore(more)}</li>}
      </ul>
    </Section>
  );
}

function Attempts({ problem }: { problem: KnownProblem }) {
  const actions = useActivityStore((state) => state.actions);
  return (
    <Section title={words.problems.attempts}>
      <ul className="said">
        {problem.attempts.map((attempt) => {
          const state = stateOf(attempt, actions);
          const title = problem.remedies.find(({ id }) => id === attempt.remedy)?.title ?? attempt.remedy;
          return (
            <li key={attempt.action} data-attempt={state}>
              <span className="t3 s12"><bdi>{attempt.by}</bdi>, {when(attempt.at)}</span>
              <span className="text"><bdi>{title}</bdi>{state !== undefined && <span className="t2">: {words.activity.state[state] ?? state}</span>}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
