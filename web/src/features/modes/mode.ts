import { modes, type Mode } from '../../design/tokens';

/**
 * A mode is an attribute and nothing else: the same elements in the same places, drawn by other tokens. The browser's own
 * frame takes the colour of the page's ground.
 */
export function wear(mode: Mode): void {
  document.documentElement.dataset['mode'] = mode;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', modes[mode].bg);
}
