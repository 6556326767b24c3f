import './nodes.css';
import type { Memory } from '../../stores/memory';

const hidden = (share: number) => ({ transform: `translateX(${(-100 * (1 - Math.min(1, share))).toFixed(2)}%)` });

/** What is used solid, what the cache would give up ticked behind it. The figure beside it speaks. */
export function RamBar({ memory }: { memory: Memory | undefined }) {
  const used = memory ? memory.used / memory.total : 0;
  return (
    <span className="bar ram" aria-hidden="true">
      {memory?.cache !== undefined && <i className="ticked" style={hidden(used + memory.cache / memory.total)} />}
      <i style={hidden(used)} />
    </span>
  );
}
