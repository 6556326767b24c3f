import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { settingsWords } from '../../copy/settingsWords';
import { api } from '../../app/server';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { ApiError } from '../../transport/api';
import { useSent } from './useSent';

const PATH = 'api/preferences/chat.confirm';
const WRITES = 'writes';
const preference = z.object({ value: z.unknown() });

/** Whether every change that is asked for in the talk is asked about, also a small one that was typed by hand. */
export function TypedWordsSection() {
  const [confirms, setConfirms] = useState<boolean>();
  const live = useConnectionStore(isLive);
  const { busy, problem, send } = useSent(async () => {
    const { value } = await api.put(PATH, { value: confirms ? null : WRITES }, preference);
    setConfirms(value === WRITES);
  });

  useEffect(() => {
    const abort = new AbortController();
    api
      .get(PATH, preference, abort.signal)
      .then(({ value }) => setConfirms(value === WRITES))
      .catch((error: unknown) => {
        // Nobody preferred anything yet.
        if (error instanceof ApiError && error.status === 404) setConfirms(false);
      });
    return () => abort.abort();
  }, []);

  return (
    <section>
      <h3>{settingsWords.typedWords.title}</h3>
      <label className="check">
        <input type="checkbox" checked={confirms ?? false} disabled={confirms === undefined || busy || !live} onChange={send} />
        <span><b>{settingsWords.typedWords.name}</b> <span className="t2">{settingsWords.typedWords.meaning}</span></span>
      </label>
      {problem && <p className="notice">{problem}</p>}
    </section>
  );
}
