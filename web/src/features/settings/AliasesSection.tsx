import { useState, type SubmitEvent } from 'react';
import { announcePolitely } from '../../a11y/announcer';
import { api } from '../../app/server';
import { aliasWords as say } from '../../copy/aliasWords';
import { words } from '../../copy/words';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { alias, type Alias } from '../../transport/wire';
import { TextField } from '../session/TextField';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { found } from './found';
import { useList } from './useList';
import { useSent } from './useSent';

const path = (name: string) => `api/aliases/${encodeURIComponent(name.trim())}`;

/** What people of this house call its guests and nodes. */
export function AliasesSection() {
  const { list, reload } = useList('api/aliases', alias);
  return (
    <section>
      <h3>{say.title}</h3>
      <p className="t2 s12">{say.lead}</p>
      <ListState list={list} empty={say.empty} reload={reload}>
        {(items) => <ul className="lines exts">{items.map((item) => <AliasLine key={item.alias} item={item} reload={reload} />)}</ul>}
      </ListState>
      <AliasForm onDone={reload} />
    </section>
  );
}

function AliasLine({ item, reload }: { item: Alias; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const takeAway = async () => {
    await api.remove(path(item.alias));
    reload();
  };
  return (
    <li data-alias={item.alias}>
      <div className="head">
        <p><b><bdi>{item.alias}</bdi></b> <span className="t2">{say.is}</span> <bdi>{item.name}</bdi> <bdi className="m s12 t3">{item.ref}</bdi> {!item.stands && <span className="tag">{say.fallen}</span>}</p>
        <Confirmed label={say.takeAway} question={say.sure(item.alias)} of={item.alias} disabled={!live} act={takeAway} />
      </div>
      {!item.stands && <p className="t2 s12">{say.fallenMeans(item.name)}</p>}
    </li>
  );
}

function AliasForm({ onDone }: { onDone: () => void }) {
  const live = useConnectionStore(isLive);
  const [name, setName] = useState('');
  const [target, setTarget] = useState('');
  const [fault, setFault] = useState<string>();
  const { busy, problem, send } = useSent(async () => {
    const meant = found(target, useClusterStore.getState().entities.values());
    const [one, other] = meant;
    if (!one || other) {
      setFault(one ? say.several(target.trim(), meant.map(({ ref }) => ref)) : say.none(target.trim()));
      return;
    }
    await api.put(path(name), { ref: one.ref }, alias);
    announcePolitely(say.given(name.trim(), one.name));
    setName('');
    setTarget('');
    onDone();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && target.trim() !== '') send();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField label={say.name} name="alias" autoComplete="off" value={name} hint={say.hint} onChange={setName} />
      <TextField
        label={say.target}
        name="alias-target"
        autoComplete="off"
        value={target}
        {...(fault === undefined ? {} : { fault })}
        onChange={(next) => {
          setTarget(next);
          setFault(undefined);
        }}
      />
      {problem && <p className="notice">{problem}</p>}
      <div className="send">
        <button type="submit" disabled={busy || !live || name.trim() === '' || target.trim() === ''}>{busy ? words.session.busy : say.give}</button>
      </div>
    </form>
  );
}
