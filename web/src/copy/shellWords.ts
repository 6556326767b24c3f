/** What the shell says: modes, columns, keys. */
export const shellWords = {
  modes: {
    label: 'Mode',
    names: { jarvis: 'JARVIS', ops: 'OPS', minimal: 'MINIMAL' },
    titles: { jarvis: 'Everything, with a ring', ops: 'Figures without ornament', minimal: 'Figures alone' },
    menu: (name: string) => `Mode: ${name}`,
    announce: (name: string) => `Mode ${name}.`,
  },
} as const;
