/** The ring's geometry: three quarters of a turn stand for a whole, from the top clockwise. */
const CENTRE = 100;
const WHOLE = 0.75;

function at(radius: number, turn: number): string {
  const angle = (turn - 0.25) * 2 * Math.PI;
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;
}

/** The path of a share; nothing where nothing is known. */
export function arc(radius: number, share: number | undefined): string {
  if (share === undefined || share <= 0) return '';
  const turn = Math.min(1, share) * WHOLE;
  return `M${at(radius, 0)}A${String(radius)} ${String(radius)} 0 ${turn > 0.5 ? '1' : '0'} 1 ${at(radius, turn)}`;
}

/** The scale around it: 72 strokes, each sixth longer. */
export function scale(): string {
  const strokes: string[] = [];
  for (let index = 0; index < 72; index++) {
    const turn = index / 72;
    strokes.push(`M${at(index % 6 === 0 ? 89 : 93, turn)}L${at(96, turn)}`);
  }
  return strokes.join('');
}
