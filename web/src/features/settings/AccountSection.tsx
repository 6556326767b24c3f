import { dateAndTime } from '../../copy/format';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { api } from '../../app/server';
import { signOut } from '../../app/session';
import { useSessionStore } from '../../stores/sessionStore';
import { openSession, type OpenSession } from '../../transport/wire';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { PasswordForm } from './PasswordForm';
import { useList } from './useList';

/** The person's own account: who it is, its password, and where it is signed in. */
export function AccountSection() {
  const username = useSessionStore((state) => state.username) ?? '';
  const { list, reload } = useList('api/auth/sessions', openSession);
  return (
    <>
      <p className="who t2">{settingsWords.account.who} <b><bdi>{username}</bdi></b></p>
      <PasswordForm username={username} onChanged={reload} />
      <section>
        <h3>{settingsWords.account.sessions}</h3>
        <ListState list={list} empty={settingsWords.account.noSessions} reload={reload}>
          {(sessions) => (
            <ul className="lines">
              {[...sessions].sort((a, b) => Number(b.current) - Number(a.current)).map((session) => (
                <SessionLine key={session.id} session={session} reload={reload} />
              ))}
            </ul>
          )}
        </ListState>
      </section>
    </>
  );
}

function SessionLine({ session, reload }: { session: OpenSession; reload: () => void }) {
  const end = async () => {
    await api.remove(`api/auth/sessions/${encodeURIComponent(session.id)}`);
    reload();
  };
  return (
    <li data-session={session.current ? 'current' : 'other'}>
      <div>
        <p><bdi className="m">{session.address}</bdi> {session.current && <span className="tag">{settingsWords.account.here}</span>}</p>
        <p className="t2 s12">
          {settingsWords.account.opened} {dateAndTime(Date.parse(session.createdAt))}
          {session.lastUsedAt && `, ${settingsWords.account.used} ${dateAndTime(Date.parse(session.lastUsedAt))}`}
          {`, ${settingsWords.account.ends} ${dateAndTime(Date.parse(session.expiresAt))}`}
        </p>
      </div>
      {session.current ? (
        <button type="button" onClick={() => void signOut().catch(() => undefined)}>{words.session.signOut}</button>
      ) : (
        <Confirmed label={settingsWords.account.end} question={settingsWords.account.endSure} of={session.address} act={end} />
      )}
    </li>
  );
}
