import { words } from '../../copy/words';
import { deferred } from '../../design/deferred';
import { Logo } from '../../design/Glyph';
import { useSessionStore } from '../../stores/sessionStore';

const LoginForm = deferred(() => import('./LoginForm').then((part) => part.LoginForm));
const SetupForm = deferred(() => import('./SetupForm').then((part) => part.SetupForm));

/** What stands before the dashboard: nothing of a cluster is drawn until somebody is signed in. */
export function Gate() {
  const phase = useSessionStore((state) => state.phase);
  const notice = useSessionStore((state) => state.notice);
  return (
    <main className="gate" id="centre">
      <div className="p gate-card">
        <p className="logo"><Logo />{words.brand}</p>
        {phase === 'setup' && <SetupForm />}
        {phase === 'login' && <LoginForm />}
        {phase === 'starting' && <p className="t2">{words.session.starting}</p>}
        {phase === 'unreachable' && (
          <>
            <h1>{notice ?? words.session.unreachable}</h1>
            <p className="t2">{words.session.retrying}</p>
          </>
        )}
      </div>
    </main>
  );
}
