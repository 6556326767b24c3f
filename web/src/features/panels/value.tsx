import { bytes, count, dateAndTime, duration, UNKNOWN } from '../../copy/format';
import { panelWords as words } from '../../copy/panelWords';
import { useClusterStore } from '../../stores/clusterStore';
import type { PanelValue } from '../../transport/panelWire';
import { showResource } from './showResource';

const MOST_DIGITS = 6;

/** A number with its unit; sizes and times in the unit that reads best, everything else as it was given. */
export function figure(number: number, unit: string): string {
  if (unit === 'B' && number >= 0) return bytes(number);
  if (unit === 'B/s' && number >= 0) return `${bytes(number)}/s`;
  if (unit === 's' && number >= 0) return duration(number);
  const rounded = Number(number.toPrecision(MOST_DIGITS));
  const text = Math.abs(rounded) >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-4) ? rounded.toExponential(2) : Number.isInteger(rounded) ? count(rounded) : String(rounded);
  return unit === '' ? text : unit === '%' ? `${text}%` : `${text} ${unit}`;
}

/** One value of a figure or a cell. Whatever it says is text, and what is not known is a dash. */
export function Value({ value, unit }: { value: PanelValue; unit: string }) {
  if (value === null) return <span className="t3">{UNKNOWN}</span>;
  if ('text' in value) return <bdi>{value.text}</bdi>;
  if ('number' in value) return <span className="m">{figure(value.number, unit)}</span>;
  if ('at' in value) return <time className="m" dateTime={value.at}>{dateAndTime(Date.parse(value.at))}</time>;
  return <ResourceLink to={value.ref} name={value.name} />;
}

/** Leads to a resource that this page knows; to others nothing can lead. */
function ResourceLink({ to, name }: { to: string; name: string }) {
  const known = useClusterStore((state) => state.entities.has(to));
  if (!known) return <bdi>{name}</bdi>;
  return (
    <button type="button" className="panel-link" title={words.goTo(name)} onClick={() => showResource(to)}>
      <bdi>{name}</bdi>
    </button>
  );
}
