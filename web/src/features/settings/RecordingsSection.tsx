import { bytes, dateAndTime } from '../../copy/format';
import { settingsWords } from '../../copy/settingsWords';
import { httpAddress } from '../../transport/paths';
import { recording as recordingForm } from '../../transport/wire';
import { ListState } from './ListState';
import { useList } from './useList';

const say = settingsWords.recordings;

/** What terminals printed, newest first, each to be fetched as a file. */
export function RecordingsSection() {
  const { list, reload } = useList('api/terminals/recordings', recordingForm);
  return (
    <section data-recordings="">
      <h3>{say.title}</h3>
      <p className="t2 s13">{say.lead}</p>
      <ListState list={list} empty={say.empty} reload={reload}>
        {(recordings) => (
          <ul className="lines">
            {recordings.map((recording) => (
              <li key={recording.id} data-recording={recording.id}>
                <div>
                  <p><b><bdi>{recording.title}</bdi></b>{recording.open && <span className="oc">{say.open}</span>}</p>
                  <p className="t2 s12">{say.by} <bdi>{recording.person}</bdi>, {dateAndTime(Date.parse(recording.startedAt))}, {bytes(recording.size)}</p>
                </div>
                <a href={httpAddress(`api/terminals/recordings/${encodeURIComponent(recording.id)}`)} download={`${recording.id}.cast`} aria-label={say.fetchOf(recording.title, dateAndTime(Date.parse(recording.startedAt)))}>{say.fetch}</a>
              </li>
            ))}
          </ul>
        )}
      </ListState>
    </section>
  );
}
