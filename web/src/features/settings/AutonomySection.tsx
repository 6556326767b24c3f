import { setAutonomy } from '../../app/guardrails';
import { settingsWords } from '../../copy/settingsWords';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useGuardrailsStore } from '../../stores/guardrailsStore';
import { useSent } from './useSent';

type Level = keyof typeof settingsWords.autonomy.levels;
const levels = Object.keys(settingsWords.autonomy.levels) as Level[];

/** How far Jarvis may go without being asked. It counts once the server has recorded it. */
export function AutonomySection() {
  const current = useGuardrailsStore((state) => state.guardrails?.autonomy);
  return (
    <section>
      <h3>{settingsWords.autonomy.title}</h3>
      {current === undefined
        ? <p className="t2 s12">{settingsWords.autonomy.unknown}</p>
        : (
          <fieldset>
            <legend>{settingsWords.autonomy.lead}</legend>
            {levels.map((level) => <LevelChoice key={level} level={level} chosen={level === current} />)}
          </fieldset>
        )}
    </section>
  );
}

function LevelChoice({ level, chosen }: { level: Level; chosen: boolean }) {
  const live = useConnectionStore(isLive);
  const { busy, problem, send } = useSent(() => setAutonomy(level));
  const { name, meaning } = settingsWords.autonomy.levels[level];
  return (
    <>
      <label className="check">
        <input type="radio" name="autonomy" value={level} checked={chosen} disabled={busy || !live} onChange={send} />
        <span><b>{name}</b> <span className="t2">{meaning}</span></span>
      </label>
      {problem && <p className="notice">{problem}</p>}
    </>
  );
}
