import { bytes, bytesOf, dateAndTime, duration } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { taskWords } from '../../copy/taskWords';
import { useCourse } from '../../app/courses';
import { useDetails, useDetailsOf } from '../../app/details';
import { serverNow } from '../../app/problems';
import { useClusterStore } from '../../stores/clusterStore';
import { clusterOf, useAspect, useDetailsStore } from '../../stores/detailsStore';
import type { Resource } from '../../transport/wire';
import { Trace } from '../charts/Trace';
import { AspectSection, Fold } from '../details/AspectSection';
import { BackupRows } from '../details/BackupRows';
import { backupsOf, backupStorages } from '../details/backups';
import { Facts, type Fact } from '../details/Facts';
import { ShowChart } from '../presented/ShowChart';
import { TaskRows } from '../tasks/TaskRows';
import { clusterIdOf, isRunning, listed } from '../tasks/upid';

const said = resourceWords.guest;
const { chart } = resourceWords;
const HOUR_MS = 3_600_000;
const MOST_TASKS = 6;
const MOST_BACKUPS = 8;
const FRESH = { is: 'known', stale: false, ageSeconds: 0, why: undefined, incomplete: undefined } as const;

/** What it did in the last hour. */
export function GuestTraces({ guest }: { guest: Resource }) {
  const course = useCourse({ ref: guest.ref, minutes: 60 });
  if (!course) return <p className="skeleton" aria-label={chart.waiting} />;
  const span = { from: course.at - HOUR_MS, to: course.at };
  const { figures } = course;
  return (
    <>
      <div className="traces" data-traces>
        <Trace title={chart.figures.cpu} unit="share" lines={[{ points: figures['cpu'] ?? [] }]} span={span} />
        <Trace title={chart.figures.memory} unit="bytes" lines={[{ points: figures['memory'] ?? [] }]} span={span} most={guest.memoryTotalBytes} />
        <Trace title={chart.figures.network} unit="rate" lines={[{ label: chart.figures.netIn, points: figures['netIn'] ?? [] }, { label: chart.figures.netOut, points: figures['netOut'] ?? [] }]} span={span} />
      </div>
      <ShowChart item={guest} figures={['cpu', 'memory', 'netIn', 'netOut']} />
      {course.failure && <p className="t2 s12"><bdi>{chart.failed(course.failure)}</bdi></p>}
    </>
  );
}

/** Everything else that is known of an open guest, each side with its own age. */
export function GuestSections({ guest }: { guest: Resource }) {
  useDetails(guest.ref);
  const cluster = clusterOf(guest.ref);
  useDetails(cluster);
  const own = String(guest.vmid ?? '');
  return (
    <div className="asps">
      {cluster !== undefined && (
        <AspectSection
          title={taskWords.tasks} of={cluster} aspect="tasks"
          summary={({ tasks }) => {
            const running = tasks.filter((task) => task.subject === own && isRunning(task)).length;
            return running > 0 ? taskWords.running(running) : taskWords.ended;
          }}
        >
          {({ tasks }) => {
            const shown = listed(tasks.filter((task) => task.subject === own), MOST_TASKS);
            return shown.length === 0 ? <p className="t2">{taskWords.none}</p> : <TaskRows tasks={shown} cluster={clusterIdOf(cluster)} />;
          }}
        </AspectSection>
      )}
      <AspectSection title={said.snapshots} of={guest.ref} aspect="snapshots" summary={({ snapshots }) => (snapshots.length === 0 ? resourceWords.aspect.none : String(snapshots.length))}>
        {({ snapshots }) => (
          <ul className="items">
            {[...snapshots].reverse().map(({ name, at, description, withMemory }) => (
              <li key={name}>
                <span className="what" title={description ?? undefined}><bdi>{name}</bdi> <span className="t2"><bdi>{description}</bdi></span></span>
                <span className="m t2">{[at ? dateAndTime(Date.parse(at)) : undefined, withMemory ? said.withMemory : undefined].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        )}
      </AspectSection>
      <Backups guest={guest} />
      <Configuration guest={guest} />
      <Inside guest={guest} />
    </div>
  );
}

/** The storages are asked, not the guest: what lies on them says whose it is. */
function Backups({ guest }: { guest: Resource }) {
  const storageRefs = useClusterStore((state) => state.refs.storage);
  const { entities } = useClusterStore.getState();
  const storages = backupStorages(guest, storageRefs.flatMap((ref) => entities.get(ref) ?? []));
  useDetailsOf(storages.map(({ ref }) => ref));
  const details = useDetailsStore((state) => state.details);
  const { backups, unread } = backupsOf(guest.vmid ?? -1, storages, details);
  const last = Date.parse(backups[0]?.volume.createdAt ?? '');
  const summary = storages.length === 0 ? said.noBackupStorage : Number.isNaN(last) ? (unread === storages.length ? resourceWords.aspect.waiting : said.noBackups) : said.lastBackup(duration((serverNow() - last) / 1_000));
  return (
    <Fold title={said.backups} name="backups" summary={unread > 0 && unread < storages.length ? `${summary}, ${said.notRead(unread)}` : summary} standing={FRESH}>
      {() => <BackupRows backups={backups} most={MOST_BACKUPS} name={({ storage }) => storage} />}
    </Fold>
  );
}

function Configuration({ guest }: { guest: Resource }) {
  return (
    <AspectSection title={said.configuration} of={guest.ref} aspect="configuration" summary={({ pending, cores, memoryBytes }) => (pending.length > 0 ? `${said.pending}: ${pending.join(', ')}` : [typeof cores === 'number' ? `${said.cores.toLowerCase()} ${String(cores)}` : undefined, typeof memoryBytes === 'number' ? bytes(memoryBytes) : undefined].filter(Boolean).join(', '))}>
      {(value) => {
        const rows: Fact[] = [
          ...(typeof value.cores === 'number' ? [[said.cores, said.sockets(value.sockets ?? 1, value.cores)] as const] : []),
          [said.boot, value.startAtBoot ? said.yes : said.no],
          ...(value.osType ? [[said.os, value.osType] as const] : []),
          ...value.disks.map(({ key, volume, sizeBytes }) => [key, typeof sizeBytes === 'number' ? `${volume} ${bytes(sizeBytes)}` : volume] as const),
          ...value.networks.map(({ key, bridge, vlan, address, mac }) => [key, [bridge, typeof vlan === 'number' ? `VLAN ${String(vlan)}` : undefined, address, mac].filter(Boolean).join(' ')] as const),
        ];
        return (
          <>
            <Facts wide rows={rows} />
            {value.notes && <p className="asp-text"><bdi>{value.notes}</bdi></p>}
          </>
        );
      }}
    </AspectSection>
  );
}

/** What it tells of itself. Without its agent nothing is known: never that nothing is used. */
function Inside({ guest }: { guest: Resource }) {
  const { value: configuration } = useAspect(guest.ref, 'configuration');
  const silent = (code: string) => (guest.type === 'qemu' && (code === 'not-running' || code === 'not-present') ? said.agentOff : undefined);
  if (guest.status !== 'running') return <Silent>{said.notRunning}</Silent>;
  if (guest.type === 'qemu' && configuration?.agentEnabled === false) return <Silent>{said.agentNotConfigured}</Silent>;
  return (
    <AspectSection title={said.inside} of={guest.ref} aspect="agent" failed={silent} summary={({ operatingSystem, hostName }) => operatingSystem ?? hostName ?? ''}>
      {({ hostName, kernel, interfaces, fileSystems }) => (
        <Facts
          wide
          rows={[
            ...(hostName ? [[said.host, hostName] as const] : []),
            ...(kernel ? [[resourceWords.node.kernel, kernel] as const] : []),
            ...interfaces.filter(({ name }) => name !== 'lo').map(({ name, addresses }) => [name, addresses.join(' ')] as const),
            ...fileSystems.map(({ mount, usedBytes, totalBytes }) => [mount, bytesOf(usedBytes ?? undefined, totalBytes ?? undefined)] as const),
          ]}
        />
      )}
    </AspectSection>
  );
}

function Silent({ children }: { children: string }) {
  return (
    <section className="asp" aria-label={said.inside} data-aspect="agent" data-standing="failed">
      <span className="asp-h">{said.inside}</span>
      <span className="t2">{children}</span>
    </section>
  );
}
