/** What the shell says: modes, columns, keys. */
export const shellWords = {
  modes: {
    label: 'Mode',
    names: { jarvis: 'JARVIS', ops: 'OPS', minimal: 'MINIMAL' },
    titles: { jarvis: 'Everything, with a ring', ops: 'The same, without glow', minimal: 'Figures alone' },
    menu: (name: string) => `Mode: ${name}`,
    announce: (name: string) => `Mode ${name}.`,
  },
  still: { announce: (still: boolean) => (still ? 'Holding still: nothing moves and nothing is sorted anew.' : 'Moving again.'), plate: 'HELD STILL', lead: 'Nothing moves and nothing is sorted anew. Figures go on.', go: 'Let go' },
  terminal: {
    title: 'Terminals',
    rail: (sessions: number) => (sessions === 0 ? 'Terminals' : sessions === 1 ? 'Terminals, 1 session' : `Terminals, ${String(sessions)} sessions`),
    empty: 'No terminal is open. Open one here on a node, or from the actions of a running guest.',
    collapse: 'Collapse the terminals',
    resize: 'Width of the terminals',
  },
  ring: {
    attend: 'to attend to',
    arcs: { cpu: 'CPU', memory: 'RAM', storage: 'DISK' },
    spoken: (cpu: string, memory: string, storage: string) => `Processors ${cpu} busy, memory ${memory} used, storage ${storage} used`,
  },
  more: { title: 'More', open: 'More', search: 'Search or command', keys: 'Keys', settings: 'Settings', wall: 'Wall view', failed: 'Not opened', unloadable: 'This did not load. If Jarvis was updated meanwhile, reload the page.' },
  views: { status: 'Status', guests: 'Guests', activity: 'Jarvis', terminal: 'Terminal', more: 'More' },
} as const;
