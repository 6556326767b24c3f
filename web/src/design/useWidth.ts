import { useSyncExternalStore } from 'react';

/** Where the layout changes: from three columns over two to one, and to a phone's. */
export const WIDE = 1_500;
export const NARROW = 1_024;
export const PHONE = 701;

/** Whether the window is at least this wide. */
export function useAtLeast(width: number): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(`(min-width: ${String(width)}px)`);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(`(min-width: ${String(width)}px)`).matches,
  );
}
