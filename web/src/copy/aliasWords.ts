/** What the settings say of names that people give themselves. */
export const aliasWords = {
  title: 'What you call things',
  lead: 'Typed to Jarvis, these words are as good as the name: “start the media server” starts what you call so.',
  empty: 'You call everything by its name.',
  is: 'is', takeAway: 'Take away', sure: (alias: string) => `No longer call it “${alias}”?`,
  fallen: 'means nothing now', fallenMeans: (name: string) => `What it was given to is gone, or no longer called ${name}. Give it anew, or take it away.`,
  name: 'What you call it', hint: 'One to three words of plain letters and digits.', target: 'Guest or node', give: 'Call it so',
  given: (alias: string, name: string) => `“${alias}” is ${name} from now on.`,
  none: (typed: string) => `No guest or node is called ${typed}. Its number will do as well.`,
  several: (typed: string, refs: readonly string[]) => `Several are called ${typed}: ${refs.join(', ')}. Give the whole address.`,
} as const;
