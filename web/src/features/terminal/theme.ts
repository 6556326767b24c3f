import type { ITheme } from '@xterm/xterm';

/** The terminal's colours: the page's own, and sixteen that stay apart on them. */
export function themeOf(element: Element): ITheme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: token('bg'),
    foreground: token('text'),
    cursor: token('accentHi'),
    cursorAccent: token('bg'),
    selectionBackground: token('edge'),
    selectionForeground: token('text'),
    black: token('hover'),
    red: token('crit'),
    green: '#9ccf7a',
    yellow: token('warn'),
    blue: token('info'),
    magenta: '#d7a3f0',
    cyan: '#7ad7cf',
    white: token('text2'),
    brightBlack: token('text3'),
    brightRed: '#ff9a9a',
    brightGreen: '#bfe8a3',
    brightYellow: '#fdf0a0',
    brightBlue: '#b3defa',
    brightMagenta: '#ecc9ff',
    brightCyan: '#b0efe9',
    brightWhite: '#ffffff',
  };
}
