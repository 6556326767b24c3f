import { useState } from 'react';
import { api } from '../../app/server';
import { certificateWords as say } from '../../copy/certificateWords';
import { dateAndTime } from '../../copy/format';
import { words } from '../../copy/words';
import { CopyText } from '../../design/CopyText';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { memberCertificate, type MemberCertificate } from '../../transport/careWire';
import { listOf } from '../../transport/wire';
import { CertificateForm } from './CertificateForm';
import { Confirmed } from './Confirmed';
import './certificates.css';

const glyphs: Record<string, GlyphName> = { changed: 'critical', unknown: 'warning', 'other-name': 'warning', silent: 'info' };

interface CertificateLineProps {
  certificate: MemberCertificate;
  path: string;
  onDecided: (certificates: readonly MemberCertificate[]) => void;
}

/** One member's certificate, with everything that a person needs in order to decide on it. */
export function CertificateLine({ certificate, path, onDecided }: CertificateLineProps) {
  const [asking, setAsking] = useState(false);
  const live = useConnectionStore(isLive);
  const { address, name, node, standing, trusted, shown, expected, inConfiguration, consent, line, reason } = certificate;
  const forget = async () => {
    const { items } = await api.post(path, { decision: 'forget', address }, listOf(memberCertificate));
    onDecided(items);
  };
  return (
    <li data-certificate={address} data-standing={standing}>
      <Glyph name={glyphs[standing] ?? 'normal'} />
      <div>
        <p><b><bdi>{node ?? name}</bdi></b> <span className="m s12 t2"><bdi>{address}</bdi></span> <span className="oc">{say.standing[standing] ?? standing}{standing === 'consented' && consent && ` ${say.by(consent.by, dateAndTime(Date.parse(consent.at)))}`}</span></p>
        {shown ? <Facts certificate={certificate} shown={shown} /> : <p className="t2 s12"><bdi>{reason}</bdi></p>}
        {!trusted && shown && (
          <>
            {expected.map((old) => <p key={old} className="s12" data-expected=""><span className="t3">{say.expected}</span> <code className="m">{old}</code></p>)}
            <p className={standing === 'changed' ? 'authority' : 't2 s12'}>{standing === 'changed' ? say.changed : say.compare}</p>
            {inConfiguration && line && <><p className="t2 s12">{say.inFile}</p><CopyText what={say.line(name)} text={line} /></>}
            {!inConfiguration && !asking && (
              <div className="send"><button type="button" aria-label={say.consentOf(name)} aria-disabled={!live} title={live ? undefined : words.link.refusal} onClick={() => setAsking(live)}>{say.consent}</button></div>
            )}
            {!inConfiguration && asking && <CertificateForm key={shown.fingerprint} certificate={certificate} fingerprint={shown.fingerprint} path={path} onDecided={onDecided} onKept={() => setAsking(false)} />}
          </>
        )}
        {consent && !inConfiguration && <Confirmed label={say.forget} question={say.forgetSure} keep={say.keepConsent} of={name} stays disabled={!live} act={forget} />}
      </div>
    </li>
  );
}

function Facts({ certificate, shown }: { certificate: MemberCertificate; shown: NonNullable<MemberCertificate['shown']> }) {
  const end = Date.parse(shown.until);
  const now = useConnectionStore((state) => state.now + state.offset);
  const until = dateAndTime(end);
  return (
    <dl className="cert">
      <div><dt>{say.fingerprint}</dt><dd>{certificate.trusted ? <code className="m">{shown.fingerprint}</code> : <CopyText what={say.fingerprint} text={shown.fingerprint} />}</dd></div>
      <div><dt>{say.subject}</dt><dd><bdi>{shown.subject}</bdi></dd></div>
      <div><dt>{say.issuer}</dt><dd><bdi>{shown.issuer}</bdi></dd></div>
      <div><dt>{say.until}</dt><dd className={end < now ? 'fault' : undefined}>{end < now ? say.over(until) : until}</dd></div>
    </dl>
  );
}
