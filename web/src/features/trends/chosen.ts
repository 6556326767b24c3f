import type { Resource } from '../../transport/wire';

/** More columns than these are too narrow to be compared. */
export const MOST_COLUMNS = 6;

/** The nodes that stand side by side: all where they fit, else those with problems and then the busiest, in the order in which they are listed. */
export function chosenNodes(nodes: readonly Resource[], marked: (ref: string) => boolean, most = MOST_COLUMNS): readonly Resource[] {
  if (nodes.length <= most) return nodes;
  const weight = (node: Resource) => (marked(node.ref) ? 1_000 : 0) + (node.cpu ?? 0);
  const chosen = new Set([...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return nodes.filter((node) => chosen.has(node));
}
