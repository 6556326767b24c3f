import { activityWords as say } from '../../copy/activityWords';
import { auditWords } from '../../copy/auditWords';
import { dayAndTime } from '../../copy/format';
import { words } from '../../copy/words';
import { useUiStore } from '../../stores/uiStore';
import type { Action } from '../../transport/wire';

const when = (at: string | null | undefined): string => dayAndTime(Date.parse(at ?? '') || 0);

/** Who asked for it, by which way, who consented, what it was to do and what became of each of its steps. */
export function ActionFacts({ action }: { action: Action }) {
  const { principal, origin, approval, steps, id } = action;
  const kind = principal ? (words.approvals.principal[principal.kind] ?? principal.kind) : '–';
  const way = origin ? (words.approvals.origin[origin] ?? origin) : '–';
  return (
    <>
      <p className="s12 t2">
        {say.asked} <b><bdi>{principal?.name ?? '–'}</bdi></b> ({say.askedHow(kind, way)}) {action.requestedAt && say.askedAt(when(action.requestedAt))}
        {approval?.decidedBy && <>. {say.approved} <b><bdi>{approval.decidedBy}</bdi></b> {approval.decidedAt && say.askedAt(when(approval.decidedAt))}</>}
      </p>
      {action.impact && <p>{action.impact.summary}</p>}
      {steps && steps.length > 0 && (
        <ol className="did" aria-label={say.steps}>
          {steps.map((step, at) => (
            <li key={at} data-step={step.state ?? undefined}>
              <bdi>{step.summary ?? step.title}</bdi>
              {step.state && <span className="oc">{words.activity.state[step.state] ?? step.state}</span>}
            </li>
          ))}
        </ol>
      )}
      {id && <button type="button" onClick={() => useUiStore.getState().showSheet({ show: 'audit', resource: id })}>{auditWords.ofThis}</button>}
    </>
  );
}
