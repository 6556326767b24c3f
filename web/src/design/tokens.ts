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

export const modes: Record<string, Tokens> = {
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
