import { bytes, duration } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { trendWords } from '../../copy/trendWords';
import { statusWord } from '../../copy/words';
import { useCourse } from '../../app/courses';
import { useDetails } from '../../app/details';
import { serverNow } from '../../app/problems';
import { useClusterStore } from '../../stores/clusterStore';
import { useDetailsStore } from '../../stores/detailsStore';
import type { Growth, Volume } from '../../transport/detailWire';
import type { Resource } from '../../transport/wire';
import { Trace } from '../charts/Trace';
import { AspectSection } from '../details/AspectSection';
import { BackupRows } from '../details/BackupRows';
import { kindsOf, type Backup } from '../details/backups';
import { Facts, type Fact } from '../details/Facts';
import { ShowChart } from '../presented/ShowChart';

const said = resourceWords.storage;
const HOUR_MS = 3_600_000;
const MOST_BACKUPS = 12;

const kindWord = (content: string): string => (Object.hasOwn(said.kinds, content) ? (said.kinds[content] ?? content) : content);

function sizeOf(volumes: readonly Volume[]): string {
  const kinds = kindsOf(volumes);
  const whole = kinds.some(({ bytes: sum }) => sum === undefined) ? undefined : kinds.reduce((sum, kind) => sum + (kind.bytes ?? 0), 0);
  return said.volumes(volumes.length, bytes(whole));
}

function latestFirst(volumes: readonly Volume[]): Volume[] {
  const at = ({ createdAt }: Volume) => Date.parse(createdAt ?? '') || 0;
  return volumes.filter(({ content }) => content === 'backup').sort((a, b) => at(b) - at(a));
}

/** When it will be full, by what the server reckons from the last days. */
export function fillsUp({ state, bytesADay, fullInSeconds }: Growth): string {
  const { full } = trendWords;
  if (state === 'asked') return full.asked;
  if (state === 'too-little' || typeof bytesADay !== 'number') return full.tooLittle;
  if (typeof fullInSeconds === 'number') return full.in(duration(fullInSeconds), bytes(bytesADay));
  return bytesADay < 0 ? full.shrinks(bytes(-bytesADay)) : full.never;
}

/** All that is known of an open storage: one that is shared is the same for all its nodes. */
export function StorageDetail({ storage, seenBy }: { storage: Resource; seenBy: number }) {
  useDetails(storage.ref);
  const course = useCourse({ ref: storage.ref, minutes: 60 });
  const growth = useDetailsStore((state) => state.growths.get(storage.ref));
  const guests = useClusterStore((state) => state.entities);
  const cluster = storage.ref.split(':').slice(0, 2).join(':');
  const free = storage.totalBytes !== undefined && storage.usedBytes !== undefined ? storage.totalBytes - storage.usedBytes : undefined;
  const rows: Fact[] = [
    [said.status, statusWord(storage.status)],
    ...(storage.storageType ? [[said.type, storage.storageType] as const] : []),
    [said.free, bytes(free)],
    ...(growth ? [[trendWords.full.title, fillsUp(growth)] as const] : []),
    [said.shared, storage.shared ? said.sharedBy(seenBy) : said.local(storage.node ?? '')],
  ];
  const owner = ({ volume }: Backup): string => {
    const item = typeof volume.guest === 'number' ? guests.get(`${cluster}:guest:${String(volume.guest)}`) : undefined;
    return item?.name ?? (typeof volume.guest === 'number' ? said.of(volume.guest) : volume.id);
  };
  return (
    <>
      <Facts rows={rows} />
      <Facts wide rows={[[said.takes, (storage.content ?? []).map(kindWord).join(', ')]]} />
      {course && <div className="traces" data-traces><Trace title={said.usedHour} unit="bytes" lines={[{ points: course.figures['disk'] ?? [] }]} span={{ from: course.at - HOUR_MS, to: course.at }} most={storage.totalBytes} /></div>}
      <ShowChart item={storage} figures={['disk']} />
      <div className="asps">
        <AspectSection title={said.content} of={storage.ref} aspect="content" summary={({ volumes }) => (volumes.length === 0 ? resourceWords.aspect.none : sizeOf(volumes))}>
          {({ volumes }) => <Facts wide rows={kindsOf(volumes).map(({ content, count, bytes: sum }) => [kindWord(content), said.volumes(count, bytes(sum))] as const)} />}
        </AspectSection>
        {storage.content?.includes('backup') && (
          <AspectSection
            title={said.backups} of={storage.ref} aspect="content"
            summary={({ volumes }) => {
              const [last] = latestFirst(volumes);
              return last?.createdAt ? resourceWords.guest.lastBackup(duration((serverNow() - Date.parse(last.createdAt)) / 1_000)) : resourceWords.aspect.none;
            }}
          >
            {({ volumes }) => <BackupRows backups={latestFirst(volumes).map((volume) => ({ volume, storage: storage.name }))} most={MOST_BACKUPS} name={owner} />}
          </AspectSection>
        )}
      </div>
    </>
  );
}
