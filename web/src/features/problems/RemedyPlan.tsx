import { useId, useMemo, useState } from 'react';
import { duration } from '../../copy/format';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Remedy } from '../../transport/problemWire';
import type { Action, PlanStep } from '../../transport/wire';
import { Consequences } from '../actions/Consequences';
import { ConsentControls } from '../actions/ConsentControls';
import { fingerprintOf, remedyRequest } from '../actions/consentFlow';
import { runAtOnce } from '../actions/start';
import { typedNameOf, useConsent } from '../actions/useConsent';
import { effectsByStep, reversal } from './remedies';

interface RemedyPlanProps {
  problemId: string;
  remedy: Remedy;
  deaf: boolean;
  mending: boolean;
  onClose: () => void;
}

const asksEffort = (action: Action): boolean => action.consent === 'hold' || action.consent === 'typed';

/** What a remedy would do, step by step, and the consent that it costs. */
export function RemedyPlan({ problemId, remedy, deaf, mending, onClose }: RemedyPlanProps) {
  const live = useConnectionStore(isLive);
  const [firstOnly, setFirstOnly] = useState(false);
  // The problem may be told of anew while somebody reads: other steps are another plan.
  const version = JSON.stringify(remedy.steps);
  const [read] = useState(version);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- another version is looked at anew
  const request = useMemo(() => remedyRequest(problemId, remedy.id, firstOnly), [problemId, remedy.id, firstOnly, version]);
  const { shown, notice, sending, look, consent } = useConsent(request, remedy.title, onClose);
  const impactId = useId();
  const off = !live || deaf || sending || mending;
  const action = shown.state === 'ready' ? shown.previewed.action : undefined;
  const steps = stepsOf(action, remedy, firstOnly);
  const numbered = remedy.steps.length > 1;
  const { own, bySteps } = effectsByStep(action?.impact?.effects ?? [], numbered ? steps : []);
  const said = notice ?? (version === read ? undefined : words.actions.planChanged);

  const runFirst = () => {
    if (off) return;
    const tier = action?.steps?.[0]?.tier;
    if (tier !== 'GREEN' && tier !== 'YELLOW') {
      setFirstOnly(true);
      return;
    }
    onClose();
    void runAtOnce(remedyRequest(problemId, remedy.id, true), remedy.title);
  };
  return (
    <section className="plan" aria-label={remedy.title} data-plan={remedy.id} data-scope={firstOnly ? 'first' : 'all'}>
      <p className="lead"><b><bdi>{remedy.title}</bdi></b>{firstOnly && <span className="tag">{words.problems.firstOnly}</span>} <span className="t2"><bdi>{remedy.explanation}</bdi></span></p>
      {said && <p className="notice" role="note">{said}</p>}
      {numbered && <Steps steps={steps} effects={bySteps} />}
      {shown.state === 'loading' && <p className="skeleton lines">{words.actions.previewing}</p>}
      {shown.state === 'failed' && (
        <p className="notice">{shown.why} <button type="button" onClick={() => void look()}>{words.actions.retry}</button></p>
      )}
      {shown.state === 'ready' && action && (
        <>
          {action.state === 'REFUSED' && <p className="kicker refused">{words.actions.refusedTitle}</p>}
          <Consequences action={action.impact ? { ...action, impact: { ...action.impact, effects: own } } : action} id={impactId} />
        </>
      )}
      <footer className="acts">
        {shown.state === 'ready' && action && action.state !== 'REFUSED' && (asksEffort(action) ? (
          <ConsentControls
            consent={action.consent === 'typed' ? 'typed' : 'hold'}
            typedName={typedNameOf(action)}
            label={sending ? words.actions.asking : words.actions.holdToRun}
            danger={action.impact?.undoable !== true}
            disabled={off}
            describedBy={impactId}
            subject={`${String(shown.round)} ${fingerprintOf(action) ?? ''}`}
            onConsent={(typed) => void consent(shown.previewed, typed)}
          />
        ) : (
          <button type="button" className="fix" data-run aria-disabled={off} onClick={() => {
            if (off) return;
            onClose();
            void runAtOnce(request, remedy.title);
          }}>{steps.length > 1 ? words.problems.runPlan : words.actions.run}</button>
        ))}
        {remedy.separable && remedy.steps.length > 1 && !firstOnly && <button type="button" data-first aria-disabled={off} onClick={runFirst}>{words.problems.runFirst}</button>}
        {firstOnly && <button type="button" onClick={() => setFirstOnly(false)}>{words.problems.allSteps}</button>}
        <button type="button" className="quiet" onClick={onClose}>{words.problems.close}</button>
        {!live && <span className="t2 s12">{words.link.refusal}</span>}
        {mending && <span className="t2 s12">{words.problems.mending}</span>}
      </footer>
    </section>
  );
}

/** As the gate previewed them, which knows more; as the problem names them until then. */
function stepsOf(action: Action | undefined, remedy: Remedy, firstOnly: boolean): readonly PlanStep[] {
  const known = action?.steps && action.steps.length > 0 ? action.steps : remedy.steps;
  return firstOnly ? known.slice(0, 1) : known;
}

function Steps({ steps, effects }: { steps: readonly PlanStep[]; effects: readonly (readonly string[])[] }) {
  return (
    <ol className="steps" aria-label={words.problems.plan}>
      {steps.map((step, at) => <Step key={at} step={step} effects={effects[at] ?? []} />)}
    </ol>
  );
}

function Step({ step, effects }: { step: PlanStep; effects: readonly string[] }) {
  const way = reversal(step);
  const facts = [
    ...(step.effect ? [words.problems.effect[step.effect] ?? step.effect] : []),
    ...(typeof step.atMost === 'number' && step.atMost > 0 ? [words.problems.atMost(duration(step.atMost))] : []),
  ];
  return (
    <li>
      <span className="what">
        <bdi>{step.summary ?? step.title}</bdi>
        {(facts.length > 0 || step.undo) && (
          <span className="s12 t2">
            {facts.join(', ')}
            {step.undo && <>{facts.length > 0 && '. '}<bdi>{words.problems.undo(step.undo)}</bdi></>}
          </span>
        )}
        {effects.map((effect, at) => <span key={at} className="s12 t2"><bdi>{effect}</bdi></span>)}
      </span>
      {way && <span className={way === 'irreversible' ? 'tag ir' : 'tag'}>{way === 'read-only' ? words.problems.readOnly : way === 'undoable' ? words.actions.undoable : words.actions.irreversible}</span>}
    </li>
  );
}
