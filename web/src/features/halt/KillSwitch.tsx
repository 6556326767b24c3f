import { words } from '../../copy/words';
import { halt } from '../../app/guardrails';
import { useGuardrailsStore } from '../../stores/guardrailsStore';

/** One press halts; that it is on, and the way back, stand in the banner below. */
export function KillSwitch() {
  const halted = useGuardrailsStore((state) => state.guardrails?.halted ?? false);
  return (
    <button
      type="button"
      className="halt s12"
      aria-keyshortcuts="Control+Alt+H"
      aria-pressed={halted}
      title={words.halt.haltTitle}
      onClick={() => {
        if (!halted) void halt();
      }}
    >
      {halted ? words.halt.halted : words.halt.halt}
    </button>
  );
}
