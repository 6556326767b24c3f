import './wall.css';
import { useEffect } from 'react';
import { wallWords as say } from '../../copy/wallWords';
import { useConnectionStore } from '../../stores/connectionStore';
import { isOpen, useProblemsStore } from '../../stores/problemsStore';
import { useUiStore } from '../../stores/uiStore';
import { openKey } from '../problems/names';
import { shiftAt } from './wall';

/** The worst problem is open, whichever that is now. */
function useWorstOpened(): void {
  const worst = useProblemsStore(({ order, problems }) => order.find((id) => {
    const problem = problems.get(id);
    return problem !== undefined && isOpen(problem) && !problem.silenced;
  }));
  useEffect(() => {
    useUiStore.setState({ open: new Set(worst === undefined ? [] : [openKey(worst)]) });
  }, [worst]);
}

/** The screen stays on for as long as the page is seen; a browser takes the lock away when it is not. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const hold = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (left) void lock.release();
      } catch {
        // Low on power, or not allowed here: the picture stays while the screen does.
      }
    };
    const onVisible = () => void hold();
    void hold();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release();
    };
  }, []);
}

/** What makes a dashboard a wall: everything else of the page is the same, and inert. */
export function Wall() {
  const { x, y } = shiftAt(useConnectionStore((state) => state.now));
  useWorstOpened();
  useWakeLock();
  useEffect(() => {
    document.documentElement.dataset['wall'] = '';
    return () => {
      delete document.documentElement.dataset['wall'];
    };
  }, []);
  useEffect(() => {
    document.documentElement.style.setProperty('--shift', `${String(x)}px ${String(y)}px`);
  }, [x, y]);
  const leave = () => {
    const url = new URL(location.href);
    url.searchParams.delete('wall');
    location.assign(url);
  };
  return <button type="button" className="wall-leave s12" onClick={leave}>{say.leave}</button>;
}
