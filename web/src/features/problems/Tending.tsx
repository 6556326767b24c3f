import { useId, useState } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { acknowledge, addNote, serverNow, silence } from '../../app/problems';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { ApiError } from '../../transport/api';
import type { KnownProblem } from '../../transport/problemWire';
import { silenceEnd, silenceLengths } from './silences';

const MOST_NOTE = 2_000;

/** What a person says of a problem: seen, not now, and why. None of it mends anything. */
export function Tending({ problem, deaf }: { problem: KnownProblem; deaf: boolean }) {
  const live = useConnectionStore(isLive);
  const [asking, setAsking] = useState<'silence' | 'note'>();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [sending, setSending] = useState(false);
  const noteId = useId();
  const off = !live || deaf || sending;

  const send = async (said: () => Promise<void>) => {
    if (off) return;
    setSending(true);
    setFault(undefined);
    try {
      await said();
      setAsking(undefined);
      setText('');
    } catch (error) {
      const why = error instanceof ApiError ? error.message : words.session.unreachable;
      setFault(why);
      announceNow(why);
    } finally {
      setSending(false);
    }
  };
  const ask = (what: 'silence' | 'note') => setAsking(asking === what ? undefined : what);
  return (
    <div className="tend">
      <div className="acts">
        {!problem.acknowledged && <button type="button" data-acknowledge aria-disabled={off} onClick={() => void send(() => acknowledge(problem.id))}>{words.problems.acknowledge}</button>}
        {problem.silenced ? (
          <button type="button" aria-disabled={off} onClick={() => void send(() => silence(problem.id, serverNow() - 1_000))}>{words.problems.unsilence}</button>
        ) : (
          <button type="button" aria-disabled={off} aria-expanded={asking === 'silence'} onClick={() => ask('silence')}>{words.problems.silence}</button>
        )}
        <button type="button" aria-disabled={off} aria-expanded={asking === 'note'} onClick={() => ask('note')}>{words.problems.note}</button>
        {!live && <span className="t2 s12">{words.link.refusal}</span>}
      </div>
      {asking === 'silence' && (
        <div className="acts" role="group" aria-label={words.problems.silenceFor}>
          <span className="t2 s12">{words.problems.silenceFor}</span>
          {silenceLengths.map((length) => (
            <button key={length} type="button" data-silence={length} aria-disabled={off} onClick={() => void send(() => silence(problem.id, silenceEnd(length, serverNow())))}>
              {words.problems.lengths[length]}
            </button>
          ))}
        </div>
      )}
      {asking === 'note' && (
        <form
          className="field"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') void send(() => addNote(problem.id, text.trim()));
          }}
        >
          <label htmlFor={noteId}>{words.problems.noteLabel}</label>
          <textarea id={noteId} rows={2} maxLength={MOST_NOTE} value={text} onChange={(event) => setText(event.target.value)} />
          <button type="submit" disabled={text.trim() === '' || sending || !live}>{words.problems.addNote}</button>
        </form>
      )}
      {fault !== undefined && <p className="fault">{fault}</p>}
    </div>
  );
}
