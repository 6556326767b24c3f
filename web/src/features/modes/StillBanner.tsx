import { shellWords } from '../../copy/shellWords';
import { useUiStore } from '../../stores/uiStore';

const say = shellWords.still;

/** That nothing moves is said for as long as it is so: a screen that stands still looks like one that is dead. */
export function StillBanner() {
  const still = useUiStore((state) => state.still);
  if (!still) return null;
  return (
    <div className="bar-line still" data-bar="still">
      <b className="s12">{say.plate}</b>
      <span>{say.lead}</span>
      <button type="button" aria-keyshortcuts="P" onClick={() => useUiStore.getState().holdStill(false)}>{say.go}</button>
    </div>
  );
}
