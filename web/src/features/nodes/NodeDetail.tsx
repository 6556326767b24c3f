import { bytes, duration, percent } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { taskWords } from '../../copy/taskWords';
import { words } from '../../copy/words';
import { useCourse } from '../../app/courses';
import { useDetails } from '../../app/details';
import { clusterOf, useAspect } from '../../stores/detailsStore';
import { shareOf } from '../../stores/severity';
import type { Resource } from '../../transport/wire';
import { absence, AspectSection } from '../details/AspectSection';
import { Facts, type Fact } from '../details/Facts';
import { TaskRows } from '../tasks/TaskRows';
import { clusterIdOf, isRunning, listed } from '../tasks/upid';
import { Disks, Pools, Services, Temperatures, Updates } from './NodeAspects';
import { isSick, isFaulted, warmestOf } from './nodeHealth';
import { NodeTraces } from './NodeTraces';
import { MemoryBar } from './MemoryBar';
import { memoryOf } from '../../stores/memory';

const said = resourceWords.node;
const MOST_TASKS = 6;
/** What the cluster recorded last counts as now for three of its own minutes. */
const RECORDED_NOW_MS = 180_000;

/** The figures of an open node and their course. */
export function NodeFigures({ node }: { node: Resource }) {
  useDetails(node.ref);
  return (
    <>
      <System node={node} />
      <NodeTraces node={node} />
    </>
  );
}

/** Everything else that is known of an open node, each side with its own age. */
export function NodeSections({ node }: { node: Resource }) {
  useDetails(node.ref);
  const cluster = clusterOf(node.ref);
  useDetails(cluster);
  return (
    <div className="asps">
      <AspectSection
        title={said.services} of={node.ref} aspect="services"
        summary={({ services }) => {
          const failed = services.filter(isFaulted).length;
          return failed > 0 ? said.servicesFailed(failed, services.length) : said.servicesFine(services.length);
        }}
        alarming={({ services }) => services.some(isFaulted)}
      >
        {({ services }) => <Services services={services} />}
      </AspectSection>
      <AspectSection
        title={said.disks} of={node.ref} aspect="disks"
        summary={({ disks }) => {
          const bad = disks.filter(isSick).length;
          return bad > 0 ? said.disksBad(bad) : disks.length === 0 ? resourceWords.aspect.none : said.disksFine(disks.length);
        }}
        alarming={({ disks }) => disks.some(isSick)}
      >
        {({ disks }) => <Disks disks={disks} />}
      </AspectSection>
      <AspectSection title={said.zfs} of={node.ref} aspect="zfs" summary={({ pools }) => (pools.length === 0 ? resourceWords.aspect.none : pools.map(({ name, state, health }) => `${name} ${(state ?? health ?? words.status['unknown'] ?? '').toLowerCase()}`).join(', '))}>
        {({ pools }) => <Pools pools={pools} />}
      </AspectSection>
      <AspectSection title={said.temperatures} of={node.ref} aspect="temperatures" summary={({ readings }) => (readings.length === 0 ? resourceWords.aspect.none : said.warmest(warmestOf(readings)))}>
        {({ readings }) => <Temperatures readings={readings} />}
      </AspectSection>
      <AspectSection title={said.updates} of={node.ref} aspect="updates" summary={({ packages }) => (packages.length === 0 ? said.updatesNone : said.updatesReady(packages.length))}>
        {({ packages }) => <Updates packages={packages} />}
      </AspectSection>
      {cluster !== undefined && (
        <AspectSection
          title={taskWords.tasks} of={cluster} aspect="tasks"
          summary={({ tasks }) => {
            const running = tasks.filter((task) => task.node === node.name && isRunning(task)).length;
            return running > 0 ? taskWords.running(running) : taskWords.ended;
          }}
        >
          {({ tasks }) => {
            const own = listed(tasks.filter((task) => task.node === node.name), MOST_TASKS);
            return own.length === 0 ? <p className="t2">{taskWords.none}</p> : <TaskRows tasks={own} cluster={clusterIdOf(cluster)} />;
          }}
        </AspectSection>
      )}
    </div>
  );
}

/** Not every node tells its ARC with its status; the cluster's own record knows it, a little later. */
function useRecordedArc(ref: string): number | undefined {
  const course = useCourse({ ref, recorded: true });
  const last = course?.figures['arc']?.at(-1);
  return course && last && course.at - last[0] <= RECORDED_NOW_MS ? last[1] : undefined;
}

/** The figures that are read most; what the list tells stands where the node's own status is not read. */
function System({ node }: { node: Resource }) {
  const { standing, value } = useAspect(node.ref, 'system');
  const known = standing.is === 'known' && !standing.stale ? value : undefined;
  const arc = useRecordedArc(node.ref);
  const memory = memoryOf({ memoryArcBytes: arc, ...(known ?? node) });
  const cores = known?.cpus ?? node.cpus;
  const load = known?.load ?? [];
  const swap = known?.swapUsedBytes ?? undefined;
  const rows: Fact[] = [
    [words.nodes.cpu, typeof cores === 'number' ? said.cores(percent(node.cpu), cores) : percent(node.cpu)],
    ...(load.length > 0 ? [[said.load, load.map((one) => one.toFixed(2)).join(' ')] as const] : []),
    ...(known?.ioWait !== undefined && known.ioWait !== null ? [[said.ioWait, `${(known.ioWait * 100).toFixed(1)}%`] as const] : []),
    ...(swap === undefined ? [] : [[said.swap, bytes(swap)] as const]),
    [words.nodes.disk, percent(shareOf(node.diskUsedBytes, node.diskTotalBytes))],
    [words.guests.uptime, duration(node.uptimeSeconds)],
    ...(known?.version ? [[words.nodes.version, known.version] as const] : []),
    ...(known?.kernel ? [[said.kernel, known.kernel] as const] : []),
  ];
  return (
    <div data-aspect="system" data-standing={standing.is}>
      {memory && <MemoryBar memory={memory} />}
      <Facts rows={rows} />
      {known?.cpuModel && <Facts wide rows={[[said.processor, known.cpuModel]]} />}
      {!known && <p className="t2 s12"><bdi>{said.system(absence(standing))}</bdi></p>}
    </div>
  );
}
