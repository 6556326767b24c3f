import { useEffect, useState } from 'react';

/** A card that just came could slide under a press that was meant for something else. */
export const DEAF_MS = 400;

/** Whether a card is still too new to take input: counted from when it is drawn, not from when it was heard of. */
export function useDeaf(): boolean {
  const [deaf, setDeaf] = useState(true);
  useEffect(() => {
    const timer = window.setTimeout(() => setDeaf(false), DEAF_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return deaf;
}
