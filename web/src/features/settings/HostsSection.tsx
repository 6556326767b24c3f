import { useId, useState } from 'react';
import { dateAndTime } from '../../copy/format';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useUiStore } from '../../stores/uiStore';
import { ApiError } from '../../transport/api';
import { host as hostForm, type Host, type HostStatus } from '../../transport/wire';
import { HoldButton } from '../actions/HoldButton';
import { useDeaf } from '../approvals/useDeaf';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { useList } from './useList';

const glyphs: Record<HostStatus, GlyphName> = {
  idle: 'normal', connected: 'normal', 'key-unknown': 'info', 'key-changed': 'critical', 'login-refused': 'warning', unreachable: 'warning', misconfigured: 'warning',
};
const order: readonly HostStatus[] = ['key-changed', 'key-unknown', 'login-refused', 'misconfigured', 'unreachable', 'connected', 'idle'];

const keyPath = (host: Host) => `api/hosts/${encodeURIComponent(host.cluster)}/${encodeURIComponent(host.name)}/key`;

/** The hosts that are reached over SSH, those that need somebody first. */
export function HostsSection() {
  const { list, reload } = useList('api/hosts', hostForm);
  return (
    <section>
      <h3 className="sr">{settingsWords.hosts.title}</h3>
      <p className="t2 s13">{settingsWords.hosts.lead}</p>
      <ListState list={list} empty={settingsWords.hosts.empty} reload={reload}>
        {(hosts) => (
          <ul className="lines exts">
            {[...hosts].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status)).map((host) => (
              <HostLine key={host.id} host={host} reload={reload} />
            ))}
          </ul>
        )}
      </ListState>
    </section>
  );
}

function HostLine({ host, reload }: { host: Host; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const waits = host.status === 'key-unknown' || host.status === 'key-changed';
  const forget = async () => {
    await api.post(keyPath(host), { decision: 'forget' }, hostForm);
    reload();
  };
  return (
    <li data-host={host.id} data-state={host.status}>
      <div className="head">
        <Glyph name={glyphs[host.status]} />
        <div className="of">
          <p><b><bdi>{host.id}</bdi></b> <span className="oc">{settingsWords.hosts.status[host.status]}</span> <span className="oc whole">{settingsWords.hosts.since(dateAndTime(Date.parse(host.since)))}</span></p>
          <p className="m s12 t2"><bdi>{settingsWords.hosts.at(host.user, host.address, host.port)}</bdi>{host.sudo && ` ${settingsWords.hosts.sudo}`}</p>
        </div>
        {!waits && host.fingerprint && <Confirmed label={settingsWords.hosts.forget} question={settingsWords.hosts.forgetSure} keep={settingsWords.hosts.keep} of={host.id} stays disabled={!live} act={forget} />}
      </div>
      {host.reason && <p className="reasons"><bdi>{host.reason}</bdi></p>}
      {host.fingerprint && !waits && <p className="m s12 t2">{settingsWords.hosts.fingerprint} <bdi>{host.fingerprint}</bdi></p>}
      {waits && host.fingerprint && <KeyConsent host={host} fingerprint={host.fingerprint} reload={reload} />}
    </li>
  );
}

/** A person compares the fingerprint and holds; what is accepted is the one that was shown. */
function KeyConsent({ host, fingerprint, reload }: { host: Host; fingerprint: string; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const deaf = useDeaf();
  const id = useId();
  const [sending, setSending] = useState(false);
  const [notice, setNotice] = useState<string>();
  const accept = async () => {
    setSending(true);
    setNotice(undefined);
    try {
      await api.post(keyPath(host), { decision: 'accept', fingerprint }, hostForm);
      useUiStore.getState().addToast({ title: host.id, outcome: settingsWords.hosts.accepted });
    } catch (error) {
      const said = error instanceof ApiError ? error.message : words.session.unreachable;
      setNotice(said);
      announceNow(said);
    } finally {
      setSending(false);
      reload();
    }
  };
  return (
    <>
      <p className="m" id={id} data-fingerprint=""><bdi>{fingerprint}</bdi></p>
      <p className={host.status === 'key-changed' ? 'authority' : 't2 s12'}>{host.status === 'key-changed' ? settingsWords.hosts.changed : settingsWords.hosts.compare}</p>
      {notice && <p className="notice" role="note">{notice}</p>}
      <footer className="acts">
        <HoldButton label={sending ? words.actions.asking : settingsWords.hosts.hold} disabled={sending || !live || deaf} danger={host.status === 'key-changed'} describedBy={id} subject={`${host.id} ${fingerprint}`} onHeld={() => void accept()} />
        {!live && <span className="t2 s12">{words.link.refusal}</span>}
      </footer>
    </>
  );
}
