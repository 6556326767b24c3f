import { useEffect } from 'react';
import { alertWords } from '../../copy/alertWords';
import { words } from '../../copy/words';
import { useConnectionStore } from '../../stores/connectionStore';
import { isOpen, useProblemsStore } from '../../stores/problemsStore';
import { headOf } from '../problems/names';
import { showProblem } from '../problems/showProblem';
import { alertOf, isQuiet, silent } from './alertGate';
import { useAlertsStore } from './alertsStore';
import { chime, unlock } from './sound';

/** What a person has seen or silenced disturbs nobody. */
function criticalIds(): string[] {
  const { order, problems } = useProblemsStore.getState();
  return order.filter((id) => {
    const problem = problems.get(id);
    return problem !== undefined && isOpen(problem) && problem.severity === 'critical' && !problem.silenced && !problem.acknowledged;
  });
}

function notify(ids: readonly string[]): void {
  const [first = ''] = ids;
  const problem = useProblemsStore.getState().problems.get(first);
  if (!problem || !('Notification' in window) || Notification.permission !== 'granted') return;
  const head = ids.length === 1 ? headOf(problem) : alertWords.more(headOf(problem), ids.length - 1);
  const shown = new Notification(`${words.session.title}: ${head}`, { body: problem.summary, tag: first, icon: new URL('icon-192.png', document.baseURI).href });
  shown.onclick = () => {
    window.focus();
    showProblem(first);
    shown.close();
  };
}

/** Tells of new critical problems in the ways that this device was asked to. */
export function useAlerts(): void {
  useEffect(() => {
    let state = silent;
    const look = () => {
      if (useProblemsStore.getState().list !== 'known') return;
      const { sound, notify: shows, quiet } = useAlertsStore.getState();
      const next = alertOf(state, criticalIds(), Date.now(), isQuiet(quiet, new Date()));
      // Where nobody asked to be disturbed nobody was, and the minute does not begin.
      state = sound || shows ? next.state : { ...next.state, lastAt: state.lastAt };
      if (next.tell.length === 0) return;
      if (sound) chime();
      if (shows) notify(next.tell);
    };
    // The second's beat lets go what waited; a problem that comes is told at once.
    const leaveProblems = useProblemsStore.subscribe(look);
    const leaveClock = useConnectionStore.subscribe(({ now }, before) => {
      if (now !== before.now) look();
    });
    const onGesture = () => {
      if (useAlertsStore.getState().sound) unlock();
    };
    window.addEventListener('pointerdown', onGesture, true);
    window.addEventListener('keydown', onGesture, true);
    return () => {
      leaveProblems();
      leaveClock();
      window.removeEventListener('pointerdown', onGesture, true);
      window.removeEventListener('keydown', onGesture, true);
    };
  }, []);
}
