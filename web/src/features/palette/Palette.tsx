import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { paletteWords as say } from '../../copy/paletteWords';
import { useUiStore } from '../../stores/uiStore';

const Sheet = lazily(
  async () => (await import('./PaletteSheet')).PaletteSheet,
  () => {
    const ui = useUiStore.getState();
    ui.openPalette(undefined);
    ui.addToast({ title: say.label, failure: say.unloadable });
    announceNow(say.unloadable);
  },
);

/** The palette; what is in it is fetched when it is first asked for. */
export function Palette() {
  return useUiStore((state) => state.palette !== undefined) ? <Sheet /> : null;
}

/** For those who do not know the chord. */
export function PaletteButton() {
  return (
    <button type="button" className="find s12" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" onClick={() => useUiStore.getState().openPalette('')}>
      <span>{say.open}</span> <kbd>Ctrl K</kbd>
    </button>
  );
}
