import { useEffect } from 'react';

/** Gives focus back to where it was when an overlay opened; to `fallback` when that is gone. */
export function useFocusReturn(fallback?: () => HTMLElement | null): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else fallback?.()?.focus();
    };
    // Only the moment of opening counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}
