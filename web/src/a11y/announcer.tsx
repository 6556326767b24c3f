import { useState } from 'react';
import { create } from 'zustand';

interface Announcements {
  polite: string;
  assertive: string;
}

const useAnnouncements = create<Announcements>()(() => ({ polite: '', assertive: '' }));

const DIGEST_MS = 10_000;
let politeTimer: number | undefined;
let lastPoliteAt = 0;

/** Counts and the like: at most one sentence in ten seconds, the latest. */
export function announcePolitely(sentence: string): void {
  window.clearTimeout(politeTimer);
  const wait = Math.max(0, lastPoliteAt + DIGEST_MS - Date.now());
  politeTimer = window.setTimeout(() => {
    lastPoliteAt = Date.now();
    useAnnouncements.setState({ polite: sentence });
  }, wait);
}

/** New critical, quorum lost, failure of one's own action; nothing else. */
export function announceNow(sentence: string): void {
  // The same sentence twice is two announcements.
  const { assertive } = useAnnouncements.getState();
  useAnnouncements.setState({ assertive: assertive === sentence ? `${sentence}\u00a0` : sentence });
}

/**
 * The one polite and the one assertive region of the whole page. A modal sheet has them once more: while it is
 * open everything outside of it is inert, these regions too. What was said before it opened is not said again.
 */
export function LiveRegions() {
  const { polite, assertive } = useAnnouncements();
  const [before] = useState(() => useAnnouncements.getState());
  return (
    <>
      <div className="sr" role="status" aria-live="polite">{polite === before.polite ? '' : polite}</div>
      <div className="sr" role="alert" aria-live="assertive">{assertive === before.assertive ? '' : assertive}</div>
    </>
  );
}
