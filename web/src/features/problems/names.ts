import { words } from '../../copy/words';
import type { KnownProblem } from '../../transport/problemWire';

/** What it is and where: "Guest crashed: media", with the part where only a part is meant. */
export function headOf({ title, name, part, ref }: Pick<KnownProblem, 'title' | 'name' | 'part' | 'ref'>): string {
  const whole = name === '' && !ref ? words.problems.ownName : name;
  return words.problems.of(title, part ? `${whole}, ${part}` : whole);
}

/** The key under which an open card is kept, as rows of resources are under their address. */
export const openKey = (id: string): string => `problem:${id}`;
