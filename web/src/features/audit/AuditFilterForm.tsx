import { useId, useState } from 'react';
import { auditWords as say } from '../../copy/auditWords';
import { isFiltered, noFilter, type AuditFilter } from './auditQuery';

const texts = ['actor', 'activity', 'resource'] as const;
const moments = ['since', 'until'] as const;
const LONGEST = 200;

/** What to look for; it counts when it is sent. */
export function AuditFilterForm({ filter, onSearch }: { filter: AuditFilter; onSearch: (filter: AuditFilter) => void }) {
  const [wanted, setWanted] = useState(filter);
  const id = useId();
  const field = (name: keyof AuditFilter, type: 'text' | 'datetime-local') => (
    <div key={name} className="field">
      <label htmlFor={`${id}-${name}`}>{say[name]}</label>
      <input id={`${id}-${name}`} type={type} maxLength={LONGEST} value={wanted[name]} autoComplete="off" spellCheck={false} onChange={(event) => setWanted({ ...wanted, [name]: event.target.value })} />
    </div>
  );
  return (
    <form
      className="audit-filter"
      role="search"
      aria-label={say.filter}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(wanted);
      }}
    >
      {texts.map((name) => field(name, 'text'))}
      {moments.map((name) => field(name, 'datetime-local'))}
      <div className="audit-send">
        <button type="submit" className="pri">{say.search}</button>
        {(isFiltered(wanted) || isFiltered(filter)) && (
          <button
            type="button"
            onClick={() => {
              setWanted(noFilter);
              onSearch(noFilter);
            }}
          >
            {say.clear}
          </button>
        )}
      </div>
    </form>
  );
}
