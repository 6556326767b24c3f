import { useId, useState } from 'react';
import { announceNow } from '../../a11y/announcer';
import { beginMaintenance, endMaintenance } from '../../app/maintenance';
import { serverNow } from '../../app/problems';
import { dayAndTime } from '../../copy/format';
import { maintenanceWords as say } from '../../copy/maintenanceWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useMaintenance, useMaintenanceStore } from '../../stores/maintenanceStore';
import { useUiStore } from '../../stores/uiStore';
import { ApiError } from '../../transport/api';
import { Sheet } from '../actions/Sheet';
import { workEnd, workLengths, type WorkLength } from './lengths';

/** As long as the server takes it. */
const MOST_REASON = 500;

/** Does the same to each; says how far that went before it failed. */
async function each(refs: readonly string[], act: (ref: string) => Promise<void>): Promise<void> {
  let done = 0;
  try {
    for (const ref of refs) {
      await act(ref);
      done += 1;
    }
  } catch (error) {
    const why = error instanceof ApiError ? error.message : words.session.unreachable;
    throw new Error(refs.length === 1 ? why : say.partly(done, refs.length, why), { cause: error });
  }
}

/** Begins the work on a node, changes until when, or ends it; of a cluster, on each of its nodes. */
export function MaintenanceSheet({ refs, name }: { refs: readonly string[]; name: string }) {
  const work = useMaintenance(refs[0] ?? '');
  const works = useMaintenanceStore((state) => state.works);
  const held = refs.filter((ref) => works.has(ref));
  const live = useConnectionStore(isLive);
  const [length, setLength] = useState<WorkLength>('hour');
  const [reason, setReason] = useState(work?.reason ?? '');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string>();
  const lengthId = useId();
  const reasonId = useId();
  const close = () => useUiStore.getState().showSheet(undefined);
  const off = sending || !live;

  const send = async (on: readonly string[], act: (ref: string) => Promise<void>, said: string) => {
    if (off) return;
    setSending(true);
    setFault(undefined);
    try {
      await each(on, act);
      announceNow(said);
      close();
    } catch (error) {
      const why = (error as Error).message;
      setFault(why);
      announceNow(why);
    } finally {
      setSending(false);
    }
  };
  const begin = () => {
    const until = workEnd(length, serverNow());
    void send(refs, (ref) => beginMaintenance(ref, until, reason.trim()), say.began(name, dayAndTime(until)));
  };
  return (
    <Sheet title={say.title} kicker={name} onClose={close}>
      <p className="t2">{say.lead}</p>
      {work && refs.length === 1 && (
        <p data-work={work.ref}>
          <b><bdi>{say.byUntil(work.by, dayAndTime(Date.parse(work.until) || 0))}</bdi></b> <span className="t2">{say.since(dayAndTime(Date.parse(work.since) || 0))}</span>
        </p>
      )}
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <div className="field">
          <label htmlFor={lengthId}>{say.length}</label>
          <select id={lengthId} value={length} onChange={(event) => setLength(event.target.value as WorkLength)}>
            {workLengths.map((one) => <option key={one} value={one}>{say.lengths[one]}</option>)}
          </select>
        </div>
        <div className="field">
          <label htmlFor={reasonId}>{say.reason} <span className="t3">{words.actions.optional}</span></label>
          <input id={reasonId} value={reason} maxLength={MOST_REASON} aria-describedby={`${reasonId}-d`} onChange={(event) => setReason(event.target.value)} />
          <p id={`${reasonId}-d`} className="t3 s12">{say.reasonHint}</p>
        </div>
        {fault && <p className="notice" role="note">{fault}</p>}
        <footer>
          <button type="submit" className="pri" aria-disabled={off}>{held.length > 0 ? say.update : say.start}</button>
          {held.length > 0 && <button type="button" data-end aria-disabled={off} onClick={() => void send(held, endMaintenance, say.ended(name))}>{say.end}</button>}
          <button type="button" className="quiet" onClick={close}>{words.actions.cancel}</button>
          {!live && <span className="t2 s12">{words.link.refusal}</span>}
        </footer>
      </form>
    </Sheet>
  );
}
