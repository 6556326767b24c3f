import { bytes } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import type { Memory } from '../../stores/memory';

const { memory: said } = resourceWords;

/** Used solid, cache ticked, free blank, each in figures. */
export function MemoryBar({ memory: { used, cache, free, total } }: { memory: Memory }) {
  const parts: readonly (readonly [label: string, key: string, value: number])[] = [
    [cache === undefined ? said.whole : said.used, 'solid', used],
    ...(cache === undefined ? [] : [[said.cache, 'ticked', cache] as const]),
    [said.free, 'blank', free],
  ];
  return (
    <div className="mem" data-memory>
      <span className="track" role="img" aria-label={said.spoken(bytes(used), cache === undefined ? undefined : bytes(cache), bytes(free))}>
        {parts.slice(0, -1).map(([label, key, value]) => <i key={label} className={key} style={{ width: `${((100 * value) / total).toFixed(2)}%` }} />)}
      </span>
      <ul>
        {parts.map(([label, key, value]) => <li key={label}><span className={`key ${key}`} aria-hidden="true" />{label} <b>{bytes(value)}</b></li>)}
      </ul>
    </div>
  );
}
