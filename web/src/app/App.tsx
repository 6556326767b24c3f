import { useEffect } from 'react';
import { words } from '../copy/words';
import { LiveRegions } from '../a11y/announcer';
import { Boot } from '../features/boot/Boot';
import { Gate } from '../features/session/Gate';
import { WallView } from '../features/wall/WallView';
import { useClusterStore } from '../stores/clusterStore';
import { useSessionStore } from '../stores/sessionStore';
import { useUiStore } from '../stores/uiStore';
import { Dashboard } from './Dashboard';
import { goLive } from './live';
import { findSession } from './session';

export function App() {
  const phase = useSessionStore((state) => state.phase);
  const username = useSessionStore((state) => state.username);
  const wall = useUiStore((state) => state.wall);
  const loaded = useClusterStore((state) => state.loaded);

  useEffect(() => {
    void findSession();
  }, []);
  // Another account gets its own sockets: a session is checked when they open.
  useEffect(() => (phase === 'in' ? goLive() : undefined), [phase, username]);
  useEffect(() => {
    document.title = phase === 'in' ? words.session.title : `${words.session.title}: ${words.session.signIn}`;
  }, [phase]);

  const inside = phase === 'in' || (phase === 'login' && loaded);
  return (
    <>
      {inside && <Dashboard locked={phase !== 'in'} />}
      {phase !== 'in' && (inside ? <div className="veil"><Gate /></div> : <Gate />)}
      {phase === 'in' && (wall ? <WallView /> : <Boot />)}
      <LiveRegions />
    </>
  );
}
