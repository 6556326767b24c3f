import { count, plural } from './format';

/** What the page says where there are more nodes and guests than fit. */
export const scaleWords = {
  attention: (n: number) => (n === 0 ? 'none need attention' : `${count(n)} need${n === 1 ? 's' : ''} attention`),
  group: (n: number) => plural(n, 'guest'), normal: 'all normal', groupOf: (node: string, n: number) => `${node}: ${plural(n, 'guest')}, all normal`, nodeless: 'on no node',
  facet: { node: 'Node', tag: 'Tag', type: 'Type', status: 'Status' }, any: { node: 'node', tag: 'tag', type: 'type', status: 'status' },
  facets: 'Filters', clear: 'Clear',
  tile: (name: string, cpu: string, memory: string) => `${name}, CPU ${cpu}, RAM ${memory}`, tiles: 'Nodes that are well',
} as const;
