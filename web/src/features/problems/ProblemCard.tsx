import { memo, useId, useRef, useState, type KeyboardEvent } from 'react';
import { dayAndTime, shortDuration, timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { deferred } from '../../design/deferred';
import { Glyph } from '../../design/Glyph';
import { Plate } from '../../design/Plate';
import { useActivityStore } from '../../stores/activityStore';
import { useConnectionStore } from '../../stores/connectionStore';
import { isOpen, useProblemsStore } from '../../stores/problemsStore';
import { useUiStore } from '../../stores/uiStore';
import type { KnownProblem } from '../../transport/problemWire';
import { useDeaf } from '../approvals/useDeaf';
import { askAboutProblem } from '../chat/ask';
import { AskButton } from '../chat/AskButton';
import { FixButton } from './FixButton';
import { headOf, openKey } from './names';
import { bestOf, isBeingMended, stateOf } from './remedies';
import { resolutionOf } from './resolution';

const ProblemDetail = deferred(() => import('./ProblemDetail').then((part) => part.ProblemDetail));
const RemedyPlan = deferred(() => import('./RemedyPlan').then((part) => part.RemedyPlan));

/** As much evidence as a closed card shows. */
const GLANCE = 2;

/** One problem; subscribes to its own entry only. */
export const ProblemCard = memo(function ProblemCard({ id, stale }: { id: string; stale: boolean }) {
  const problem = useProblemsStore((state) => state.problems.get(id));
  const open = useUiStore((state) => state.open.has(openKey(id)));
  const mending = useActivityStore((state) => problem !== undefined && isBeingMended(problem, state.actions));
  const [fixing, setFixing] = useState<string>();
  const head = useRef<HTMLButtonElement>(null);
  const headId = useId();
  const detailId = useId();
  const deaf = useDeaf();
  if (!problem) return null;

  const resolved = !isOpen(problem);
  const best = bestOf(problem.remedies);
  const remedy = resolved ? undefined : problem.remedies.find((candidate) => candidate.id === fixing);
  const toggle = () => {
    if (!deaf) useUiStore.getState().toggleOpen(openKey(id));
  };
  const closePlan = () => {
    setFixing(undefined);
    head.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || (!remedy && !open)) return;
    event.preventDefault();
    if (remedy) closePlan();
    else {
      toggle();
      head.current?.focus();
    }
  };
  const fix = (wanted: string) => setFixing(wanted === fixing ? undefined : wanted);
  const tone = resolved ? 'resolved' : stale ? 'stale' : problem.severity;
  return (
    <article className={`pc ${tone}${stale ? ' stl' : ''}`} aria-labelledby={headId} data-problem={id} data-kind={problem.kind} data-severity={problem.severity} data-stale={stale} data-resolved={resolved} onKeyDown={onKeyDown}>
      <header className="hd">
        <Standing problem={problem} stale={stale} />
        <h3 id={headId}>
          <button ref={head} type="button" className="nm" data-roving tabIndex={-1} aria-expanded={open} aria-controls={detailId} onClick={toggle}>
            <bdi>{headOf(problem)}</bdi>
          </button>
        </h3>
        <span className="sp" />
        {!resolved && <Age since={problem.since} />}
        {!resolved && <AskButton short name={headOf(problem)} onAsk={() => askAboutProblem(problem)} />}
        {!resolved && best && <FixButton problem={problem} remedy={best} primary opened={fixing === best.id} mending={mending} deaf={deaf} onOpen={fix} />}
      </header>
      <p className="sum">{resolved ? <Resolution problem={problem} /> : <bdi>{problem.summary}</bdi>}</p>
      {!open && !resolved && problem.evidence.length > 0 && <Glance problem={problem} />}
      <Meta problem={problem} />
      {!resolved && problem.remedies.length === 0 && problem.noRemedy && (
        <p className="none"><span className="t3">{words.problems.noRemedy}</span> <bdi>{problem.noRemedy}</bdi></p>
      )}
      {!resolved && !best && problem.remedies[0] && (
        <p className="none"><span className="t3">{words.problems.noRemedy}</span> <bdi>{words.problems.never(problem.remedies[0].title)}</bdi></p>
      )}
      {remedy && <RemedyPlan key={remedy.id} problemId={id} remedy={remedy} deaf={deaf} mending={mending} onClose={closePlan} />}
      <div id={detailId} hidden={!open}>{open && <ProblemDetail problem={problem} mending={mending} deaf={deaf} fixing={fixing} onFix={fix} />}</div>
    </article>
  );
});

/** What ended it; follows the action that did, whose end may be told of later. */
function Resolution({ problem }: { problem: KnownProblem }) {
  const said = useActivityStore((state) => resolutionOf(problem, state.actions));
  return <bdi>{said}</bdi>;
}

/** How bad it is, or that it is over. What is stale is not filled: it may no longer be so. */
function Standing({ problem, stale }: { problem: KnownProblem; stale: boolean }) {
  if (!isOpen(problem)) return <span className="plate done"><Glyph name="done" />{words.problems.resolved}</span>;
  const word = words.problems.severity[problem.severity];
  return stale ? <Plate kind="stale">{`${words.plate.stale('')} · ${word}`}</Plate> : <Plate kind={problem.severity}>{word}</Plate>;
}

function Age({ since }: { since: string }) {
  const age = useConnectionStore((state) => {
    const seconds = (state.now + state.offset - Date.parse(since)) / 1_000;
    return Number.isNaN(seconds) ? '' : shortDuration(seconds);
  });
  return <time className="m s12 t3" dateTime={since} title={dayAndTime(Date.parse(since) || 0)}><span className="sr">{words.problems.since('')}</span>{age}</time>;
}

function Glance({ problem }: { problem: KnownProblem }) {
  const more = problem.evidence.length - GLANCE;
  return (
    <dl className="ev" aria-label={words.problems.evidence}>
      {problem.evidence.slice(0, GLANCE).map(({ label, value }, at) => (
        <div key={at}><dt><bdi>{label}</bdi></dt><dd><bdi>{value}</bdi></dd></div>
      ))}
      {more > 0 && <div className="t3"><dt>{words.problems.evidenceMore(more)}</dt></div>}
    </dl>
  );
}

/** What else there is to it, in a few words each. */
function Meta({ problem }: { problem: KnownProblem }) {
  const latest = problem.attempts.at(-1);
  const state = useActivityStore((activity) => (latest ? stateOf(latest, activity.actions) : undefined));
  const tried = latest && problem.remedies.find(({ id }) => id === latest.remedy)?.title;
  const said = [
    ...(problem.affected.total > 0 ? [words.problems.affectedCount(problem.affected.total)] : []),
    ...(problem.returns > 0 ? [words.problems.back(words.problems.timesBack(problem.returns))] : []),
    ...(problem.acknowledged ? [words.problems.acknowledged(problem.acknowledged.by, timeOfDay(Date.parse(problem.acknowledged.at)))] : []),
    ...(problem.silenced && problem.silence ? [words.problems.silencedUntil(dayAndTime(Date.parse(problem.silence.until) || 0), problem.silence.by)] : []),
    ...(problem.resolvedAt ? [words.problems.resolvedAt(timeOfDay(Date.parse(problem.resolvedAt)))] : []),
  ];
  const attempted = latest && state !== undefined ? `${tried ?? latest.remedy}: ${words.activity.state[state] ?? state}` : undefined;
  if (said.length === 0 && attempted === undefined) return null;
  return (
    <p className="meta s12 t2">
      {said.map((part) => <bdi key={part}>{part}</bdi>)}
      {attempted !== undefined && <bdi data-attempt={state}>{attempted}</bdi>}
    </p>
  );
}
