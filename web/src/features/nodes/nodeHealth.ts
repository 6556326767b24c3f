import type { AspectValue } from '../../transport/detailWire';

export type Service = AspectValue<'services'>['services'][number];
export type Disk = AspectValue<'disks'>['disks'][number];
export type Pool = AspectValue<'zfs'>['pools'][number];
export type Reading = AspectValue<'temperatures'>['readings'][number];
export type Pack = AspectValue<'updates'>['packages'][number];

/** A disk that has worn this far wants to be replaced while it still works. */
const LITTLE_LIFE = 10;

const isOff = ({ unitState }: Service) => unitState === 'disabled' || unitState === 'masked' || unitState === 'not-found' || unitState === 'static';

/** It should run and does not. A unit that nobody enabled may well be dead. */
export function isFaulted(service: Service): boolean {
  if (service.activeState === 'failed' || service.state === 'failed') return true;
  return !isOff(service) && (service.activeState === 'inactive' || (service.activeState === undefined && service.state === 'dead'));
}

/** The failed first, then those that run, then those that are off; by name among their like. */
export function orderedServices(services: readonly Service[]): readonly Service[] {
  const rank = (service: Service) => (isFaulted(service) ? 0 : isOff(service) && service.state !== 'running' ? 2 : 1);
  return [...services].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

export function isSick({ health, lifeLeft, attributes }: Disk): boolean {
  const word = health?.toUpperCase();
  return (word !== undefined && word !== '' && !['PASSED', 'OK', 'UNKNOWN'].includes(word)) || (typeof lifeLeft === 'number' && lifeLeft <= LITTLE_LIFE) || attributes.some(({ failing }) => failing);
}

export function isUnwell({ health, state, errors }: Pool): boolean {
  const word = (state ?? health ?? '').toUpperCase();
  return (word !== '' && word !== 'ONLINE') || (typeof errors === 'number' && errors > 0);
}

export function warmestOf(readings: readonly Reading[]): number {
  return Math.max(...readings.map(({ celsius }) => celsius));
}
