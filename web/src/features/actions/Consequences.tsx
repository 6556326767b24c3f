import { words } from '../../copy/words';
import { askingReasons } from './askingReasons';
import { tame, type Action } from '../../transport/wire';

/** A command as whoever asks wrote it, whatever is said about it besides. */
function commandOf(action: Action): string | undefined {
  const command = action.arguments?.['command'];
  return typeof command === 'string' ? tame(command) : undefined;
}

/** What the server says will happen, to whom, and whether it can be taken back. Its words, as text. */
export function Consequences({ action, id }: { action: Action; id?: string }) {
  const impact = action.impact;
  const reasons = askingReasons(action);
  const command = commandOf(action);
  return (
    <div className="cons" id={id}>
      {impact && (
        <>
          <p className="lead">{impact.summary}</p>
          {command !== undefined && <pre className="command" role="group" aria-label={words.actions.command} tabIndex={0}><bdi dir="ltr">{command}</bdi></pre>}
          {impact.effects && impact.effects.length > 0 && (
            <ul className="effects" aria-label={words.actions.consequences}>
              {impact.effects.map((effect, at) => (
                <li key={at}>{effect}</li>
              ))}
            </ul>
          )}
          <p className="tags">
            <span className={impact.undoable ? 'tag' : 'tag ir'}>{impact.undoable ? words.actions.undoable : words.actions.irreversible}</span>
            {impact.undo && <span className="t2 s12">{impact.undo}</span>}
          </p>
        </>
      )}
      {reasons.length > 0 && (
        <p className="why">
          <span className="t3">{words.actions.whyAsked}: </span>
          {reasons.join(' ')}
        </p>
      )}
    </div>
  );
}
