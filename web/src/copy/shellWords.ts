/** What the shell says: modes, columns, keys. */
export const shellWords = {
  modes: {
    label: 'Mode',
    names: { jarvis: 'JARVIS', ops: 'OPS', minimal: 'MINIMAL' },
    titles: { jarvis: 'Everything, with a ring', ops: 'Figures without ornament', minimal: 'Figures alone' },
    menu: (name: string) => `Mode: ${name}`,
    announce: (name: string) => `Mode ${name}.`,
  },
  still: { announce: (still: boolean) => (still ? 'Holding still: nothing moves and nothing is sorted anew.' : 'Moving again.'), plate: 'HELD STILL', lead: 'Nothing moves and nothing is sorted anew. Figures go on.', go: 'Let go' },
} as const;
