import './guests.css';
import { scaleWords } from '../../copy/scaleWords';
import { statusWord, words } from '../../copy/words';
import { choicesOf, facets, useGuestViewStore, type Facet } from '../../stores/guestView';
import type { Resource } from '../../transport/wire';

function shown(facet: Facet, value: string): string {
  if (facet === 'type') return value === 'lxc' ? words.guests.container : value === 'qemu' ? words.guests.vm : value;
  return facet === 'status' ? statusWord(value) : value;
}

/** Which node, tag, type and status; what wants somebody stands first where nothing is chosen. */
export function FacetBar({ guests, attention }: { guests: readonly Resource[]; attention: number }) {
  const chosen = useGuestViewStore((state) => state.facets);
  const choices = choicesOf(guests);
  const any = Object.keys(chosen).length > 0;
  return (
    <div className="facets" role="group" aria-label={scaleWords.facets}>
      {!any && <span className={attention > 0 ? 'tag some' : 'tag'} data-attention={attention}>{scaleWords.attention(attention)}</span>}
      {facets.map((facet) => (
        <select key={facet} aria-label={scaleWords.facet[facet]} data-facet={facet} value={chosen[facet] ?? ''} onChange={(event) => useGuestViewStore.getState().choose(facet, event.target.value)}>
          <option value="">{scaleWords.any[facet]}</option>
          {choices[facet].map((value) => <option key={value} value={value}>{shown(facet, value)}</option>)}
        </select>
      ))}
      {any && <button type="button" onClick={() => useGuestViewStore.getState().clear()}>{scaleWords.clear}</button>}
    </div>
  );
}
