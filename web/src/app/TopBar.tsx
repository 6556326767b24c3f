import { words } from '../copy/words';
import { Logo, Sliders } from '../design/Glyph';
import { LiveMark } from '../features/connection/ConnectionBar';
import { KillSwitch } from '../features/halt/KillSwitch';
import { ModeSwitch } from '../features/modes/ModeSwitch';
import { PaletteButton } from '../features/palette/Palette';
import { Totals } from '../features/quorum/Totals';
import { useClusterStore } from '../stores/clusterStore';
import { useSessionStore } from '../stores/sessionStore';
import { useUiStore } from '../stores/uiStore';
import { signOut } from './session';
import { RegionBoundary } from './RegionBoundary';

export function TopBar() {
  const username = useSessionStore((state) => state.username) ?? '';
  const name = useClusterStore((state) => {
    const [first] = state.refs.cluster;
    if (first === undefined) return '';
    return state.refs.cluster.length === 1 ? (state.entities.get(first)?.name ?? '') : words.totals.clusters(state.refs.cluster.length);
  });
  return (
    <header id="top" className="top" aria-label={words.regions.top} tabIndex={-1}>
      <span className="logo"><Logo />{words.brand}</span>
      <span className="t2 s13 desk clip">{name}</span>
      <RegionBoundary name={words.regions.top}><Totals /></RegionBoundary>
      <LiveMark />
      <PaletteButton />
      <ModeSwitch />
      <KillSwitch />
      <span className="account">
        <span className="t3 s12 opt" title={words.session.signedInAs(username)}>{username}</span>
        <button
          type="button"
          className="icon"
          aria-label={words.settings.title}
          aria-haspopup="dialog"
          aria-keyshortcuts=","
          title={words.settings.open}
          onClick={() => useUiStore.getState().showSheet({ show: 'settings', section: 'account' })}
        >
          <Sliders />
        </button>
        <button type="button" className="s12" onClick={() => void signOut().catch(() => undefined)}>{words.session.signOut}</button>
      </span>
    </header>
  );
}
