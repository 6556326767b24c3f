import { useCallback, useRef, type FocusEvent, type KeyboardEvent } from 'react';
import { useKeysStore } from '../stores/keysStore';
import { singleCommandOf } from './keymap';

/** Moves a list's single tab stop among its items, which carry `data-roving`. */
export function moveFocus(list: HTMLElement, step: 1 | -1 | 'first' | 'last'): boolean {
  const items = [...list.querySelectorAll<HTMLElement>('[data-roving]')];
  if (items.length === 0) return false;
  const at = items.findIndex((item) => item === document.activeElement);
  const last = items.length - 1;
  const target = step === 'first' ? 0 : step === 'last' ? last : at === -1 ? (step === 1 ? 0 : last) : Math.min(last, Math.max(0, at + step));
  items[target]?.focus();
  return true;
}

export function stepOf(key: string): 1 | -1 | 'first' | 'last' | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    default: {
      const command = singleCommandOf(key, useKeysStore.getState());
      return command === 'next' ? 1 : command === 'previous' ? -1 : undefined;
    }
  }
}

function plain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

/**
 * One tab stop for a list whose items are all in the document. The item that had focus last keeps the
 * stop; when it is gone, the first takes it.
 */
export function useRoving() {
  const list = useRef<HTMLDivElement>(null);

  const settle = useCallback((current?: HTMLElement) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])];
    const stop = current ?? items.find((item) => item.tabIndex === 0) ?? items[0];
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  }, []);

  const onKeyDown = useCallback((event: KeyboardEvent) => {
    const step = stepOf(event.key);
    const onItem = event.target instanceof HTMLElement && event.target.hasAttribute('data-roving');
    if (step === undefined || !plain(event) || !onItem || !list.current) return;
    if (moveFocus(list.current, step)) event.preventDefault();
  }, []);

  const onFocus = useCallback(
    (event: FocusEvent) => {
      if (event.target instanceof HTMLElement && event.target.hasAttribute('data-roving')) settle(event.target);
    },
    [settle],
  );

  return { list, settle, onKeyDown, onFocus };
}
