/**
 * The colour tokens of each mode. `tokens.css` is written from here (a test holds them together), so
 * a further mode is one more entry and no component changes.
 */
export interface Tokens {
  bg: string;
  panel: string;
  raised: string;
  hover: string;
  text: string;
  text2: string;
  text3: string;
  line: string;
  edge: string;
  accent: string;
  accentHi: string;
  focus: string;
  crit: string;
  warn: string;
  info: string;
  stale: string;
}

/** In the order in which the switch names them. */
export const modeNames = ['jarvis', 'ops', 'minimal'] as const;
export type Mode = (typeof modeNames)[number];

export const modes: Record<Mode, Tokens> = {
  jarvis: {
    bg: '#070604',
    panel: '#0e0b07',
    raised: '#17120a',
    hover: '#211a0e',
    text: '#f4e8d0',
    text2: '#c4b08a',
    text3: '#9a8763',
    line: '#3a2c12',
    edge: '#8a6a2e',
    accent: '#ffb020',
    accentHi: '#ffd27a',
    focus: '#ffd27a',
    crit: '#ff5a5f',
    warn: '#ffe45c',
    info: '#74c7ff',
    stale: '#a4abb3',
  },
  ops: {
    bg: '#11100e',
    panel: '#181613',
    raised: '#211e19',
    hover: '#2a2620',
    text: '#ece5d8',
    text2: '#bcb19c',
    text3: '#9b8f79',
    line: '#383128',
    edge: '#857558',
    accent: '#e6a83a',
    accentHi: '#f3cd85',
    focus: '#ffd27a',
    crit: '#ff6b6b',
    warn: '#f7dd5e',
    info: '#7fc4f5',
    stale: '#a4abb3',
  },
  minimal: {
    bg: '#121212',
    panel: '#181818',
    raised: '#212121',
    hover: '#2b2b2b',
    text: '#e9e9e7',
    text2: '#b9b7b2',
    text3: '#9a968f',
    line: '#343434',
    edge: '#7d7a75',
    accent: '#dda33f',
    accentHi: '#f0cd8b',
    focus: '#ffd27a',
    crit: '#ff6b6b',
    warn: '#f5db5a',
    info: '#85c5f2',
    stale: '#a4abb3',
  },
};

/** The stylesheet that declares every mode's tokens as custom properties. */
export function tokensCss(all: Record<string, Tokens>): string {
  return Object.entries(all)
    .map(([mode, tokens]) => {
      const lines = Object.entries(tokens).map(([name, value]) => `  --${name}: ${String(value)};`);
      return `[data-mode='${mode}'] {\n${lines.join('\n')}\n}\n`;
    })
    .join('\n');
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG contrast ratio of two colours written as #rrggbb. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}
