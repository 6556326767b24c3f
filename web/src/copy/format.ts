/** Figures as people read them. Everything unknown is a dash, never a zero. */
export const UNKNOWN = '–';

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Binary sizes in the units that Proxmox's own screens use; three digits at most. */
export function bytes(value: number | undefined): string {
  if (value === undefined) return UNKNOWN;
  let scaled = value, unit = 0;
  while (scaled >= 1_000 && unit < BYTE_UNITS.length - 1) {
    scaled /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 1;
  return `${scaled.toFixed(digits)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** "3.7 of 6.0 TB": both in the unit of the whole. */
export function bytesOf(used: number | undefined, total: number | undefined): string {
  if (total === undefined) return bytes(used);
  const whole = bytes(total);
  if (used === undefined) return `${UNKNOWN} of ${whole}`;
  const part = bytes(used);
  const unit = whole.split(' ')[1] ?? '';
  return part.endsWith(` ${unit}`) ? `${part.split(' ')[0] ?? part} of ${whole}` : `${part} of ${whole}`;
}

export function percent(share: number | undefined): string {
  return share === undefined ? UNKNOWN : `${Math.round(share * 100).toFixed(0)}%`;
}

/** The two largest units: "3 m 12 s", "41 d", "2 h 5 m". */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return UNKNOWN;
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joined(minutes, 'm', whole % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joined(hours, 'h', minutes % 60, 'm');
  const days = Math.floor(hours / 24);
  return days < 7 ? joined(days, 'd', hours % 24, 'h') : `${String(days)} d`;
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${String(big)} ${bigUnit}` : `${String(big)} ${bigUnit} ${String(small)} ${smallUnit}`;
}

/** The largest unit alone, for narrow places. */
export function shortDuration(seconds: number | undefined): string {
  return seconds === undefined ? UNKNOWN : duration(seconds).split(' ').slice(0, 2).join(' ');
}

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const fullTime = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export function timeOfDay(at: number | undefined): string {
  return at === undefined || at === 0 || Number.isNaN(at) ? '--:--' : clockTime.format(at);
}

export function dayAndTime(at: number): string {
  return fullTime.format(at).replace(',', '');
}

const fullDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** With the year, for what may lie far away. */
export function dateAndTime(at: number): string {
  return Number.isNaN(at) ? UNKNOWN : fullDate.format(at);
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

const SMALL = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** Small numbers at the head of a sentence are words. */
export function spelled(value: number): string {
  return SMALL[value] ?? count(value);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const BIT_UNITS = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'] as const;

/** What a line carries, as lines are sold: in bits, of which a thousand make the next unit. */
export function bitRate(bytesPerSecond: number | undefined): string {
  if (bytesPerSecond === undefined) return UNKNOWN;
  const { values, unit } = bitRatesOf(bytesPerSecond);
  return `${values[0] ?? UNKNOWN} ${unit}`;
}

/** Several of them in the unit of the largest. */
export function bitRatesOf(...bytesPerSecond: readonly number[]): { values: string[]; unit: string } {
  const most = Math.max(0, ...bytesPerSecond) * 8;
  let unit = 0;
  while (most >= 1_000 ** (unit + 1) && unit < BIT_UNITS.length - 1) unit += 1;
  const written = (value: number) => {
    const scaled = (value * 8) / 1_000 ** unit;
    return scaled.toFixed(scaled === 0 || unit === 0 || scaled >= 100 ? 0 : 1);
  };
  return { values: bytesPerSecond.map(written), unit: BIT_UNITS[unit] ?? 'b/s' };
}
