import { useEffect } from 'react';
import { useUiStore } from '../../stores/uiStore';

/** What moves stops where nobody looks, and where somebody asked for it (WCAG 2.2.2). */
export function useStillness(): void {
  const still = useUiStore((state) => state.still);
  useEffect(() => {
    const root = document.documentElement;
    const settle = () => root.toggleAttribute('data-still', still || document.hidden);
    settle();
    document.addEventListener('visibilitychange', settle);
    return () => {
      document.removeEventListener('visibilitychange', settle);
      root.removeAttribute('data-still');
    };
  }, [still]);
}
