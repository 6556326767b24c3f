import { bytes, dateAndTime, duration } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { serverNow } from '../../app/problems';
import { Glyph } from '../../design/Glyph';
import type { Backup } from './backups';

const said = resourceWords.storage;

function verificationOf(verification: string | null | undefined): string {
  if (verification === 'ok') return said.verified;
  return verification ? said.verificationFailed : said.unverified;
}

/** Backups with their age, where they lie and whether they were verified. */
export function BackupRows({ backups, most, name }: { backups: readonly Backup[]; most: number; name: (backup: Backup) => string }) {
  const now = serverNow();
  return (
    <ul className="items">
      {backups.slice(0, most).map((backup) => {
        const { volume } = backup;
        const at = Date.parse(volume.createdAt ?? '');
        const failed = typeof volume.verification === 'string' && volume.verification !== 'ok';
        return (
          <li key={volume.id} data-backup={volume.id}>
            <Glyph name={failed ? 'warning' : volume.verification === 'ok' ? 'done' : 'normal'} />
            <span className="what" title={[volume.id, volume.notes].filter(Boolean).join(' ')}><bdi>{name(backup)}</bdi> <span className="t2"><bdi>{volume.notes}</bdi></span></span>
            <span className={failed ? 'm bad' : 'm t2'} title={dateAndTime(at)}>
              {[Number.isNaN(at) ? undefined : duration((now - at) / 1_000), typeof volume.sizeBytes === 'number' ? bytes(volume.sizeBytes) : undefined, verificationOf(volume.verification), volume.kept ? said.kept : undefined].filter(Boolean).join(' · ')}
            </span>
          </li>
        );
      })}
      {backups.length > most && <li className="t2">{said.more(backups.length - most)}</li>}
    </ul>
  );
}
