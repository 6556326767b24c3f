/** Whether the address asks for the view that hangs on a wall: it shows, and acts on nothing. */
export function isWall(search: string): boolean {
  return new URLSearchParams(search).get('wall') === '1';
}

export const SHIFT_EVERY_MS = 300_000;
const PLACES = [[0, 0], [2, 0], [2, 2], [0, 2]] as const;

/** Where the picture stands at a moment: two pixels on every five minutes, so that no line burns in. */
export function shiftAt(now: number): { x: number; y: number } {
  const [x, y] = PLACES[Math.floor(now / SHIFT_EVERY_MS) % PLACES.length] ?? PLACES[0];
  return { x, y };
}
