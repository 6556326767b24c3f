import { bytes, bytesOf, duration } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { serverNow } from '../../app/problems';
import { Glyph } from '../../design/Glyph';
import { isFaulted, isSick, isUnwell, orderedServices, type Disk, type Pack, type Pool, type Reading, type Service } from './nodeHealth';

const said = resourceWords.node;
const MOST = 40;

export function Services({ services }: { services: readonly Service[] }) {
  return (
    <ul className="items">
      {orderedServices(services).map((service) => {
        const faulted = isFaulted(service);
        const state = service.state ?? service.activeState ?? '';
        return (
          <li key={service.name} data-service={service.name}>
            <Glyph name={faulted ? 'critical' : state === 'running' ? 'normal' : 'stopped'} />
            <span className={faulted ? 'what bad' : 'what'} title={service.description ?? undefined}><bdi>{service.name}</bdi></span>
            <span className="m t2"><bdi>{faulted && service.activeState ? service.activeState : state}</bdi></span>
          </li>
        );
      })}
    </ul>
  );
}

export function Disks({ disks }: { disks: readonly Disk[] }) {
  return (
    <ul className="items">
      {disks.map((disk) => {
        const facts = [
          disk.sizeBytes === undefined || disk.sizeBytes === null ? undefined : bytes(disk.sizeBytes),
          disk.health ?? said.healthUnknown,
          typeof disk.lifeLeft === 'number' ? said.life(disk.lifeLeft) : undefined,
          typeof disk.temperature === 'number' ? said.celsius(disk.temperature) : undefined,
          ...disk.attributes.filter(({ failing }) => failing).map(({ name, value }) => `${name} ${value}`),
        ];
        return (
          <li key={disk.device} data-disk={disk.device}>
            <Glyph name={isSick(disk) ? 'warning' : 'normal'} />
            <span className="what" title={[disk.device, disk.model, disk.usedFor].filter(Boolean).join(', ')}><bdi>{disk.device}</bdi> <span className="t2"><bdi>{[disk.model, disk.usedFor].filter(Boolean).join(', ')}</bdi></span></span>
            <span className={isSick(disk) ? 'm bad' : 'm t2'}><bdi>{facts.filter(Boolean).join(' · ')}</bdi></span>
          </li>
        );
      })}
    </ul>
  );
}

export function Pools({ pools }: { pools: readonly Pool[] }) {
  const now = serverNow();
  return (
    <ul className="items">
      {pools.map((pool) => {
        const facts = [
          pool.state ?? pool.health,
          bytesOf(pool.allocatedBytes ?? undefined, pool.sizeBytes ?? undefined),
          typeof pool.fragmentation === 'number' ? said.fragmented(pool.fragmentation) : undefined,
          typeof pool.errors === 'number' && pool.errors > 0 ? said.errors(pool.errors) : undefined,
          pool.scrubbedAt ? said.scrubbed(duration((now - Date.parse(pool.scrubbedAt)) / 1_000)) : undefined,
        ];
        return (
          <li key={pool.name}>
            <Glyph name={isUnwell(pool) ? 'warning' : 'normal'} />
            <span className="what" title={pool.scan ?? undefined}><bdi>{pool.name}</bdi></span>
            <span className={isUnwell(pool) ? 'm bad' : 'm t2'}><bdi>{facts.filter(Boolean).join(' · ')}</bdi></span>
          </li>
        );
      })}
    </ul>
  );
}

export function Temperatures({ readings }: { readings: readonly Reading[] }) {
  return (
    <ul className="items">
      {[...readings].sort((a, b) => b.celsius - a.celsius).slice(0, MOST).map((reading, at) => {
        const warm = typeof reading.high === 'number' && reading.celsius >= reading.high;
        return (
          <li key={at}>
            <Glyph name={warm ? 'warning' : 'normal'} />
            <span className="what" title={`${reading.source} ${reading.label}`}><bdi>{reading.label}</bdi> <span className="t2"><bdi>{reading.source}</bdi></span></span>
            <span className={warm ? 'm bad' : 'm t2'}>{said.celsius(reading.celsius)}{typeof reading.high === 'number' && ` · ${said.limits(reading.high)}`}</span>
          </li>
        );
      })}
    </ul>
  );
}

export function Updates({ packages }: { packages: readonly Pack[] }) {
  return (
    <ul className="items">
      {packages.slice(0, MOST).map((pack) => (
        <li key={pack.name}>
          <span className="what"><bdi>{pack.name}</bdi></span>
          <span className="m t2"><bdi>{[pack.installed, pack.available].filter(Boolean).join(' → ')}</bdi></span>
        </li>
      ))}
      {packages.length > MOST && <li className="t2">{resourceWords.storage.more(packages.length - MOST)}</li>}
    </ul>
  );
}
