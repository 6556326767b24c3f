/** What the page says of parts of itself, and of what has no name. */
export const partWords = {
  unloadable: 'This did not load. If Jarvis was updated meanwhile, reload the page.',
  retry: 'Retry',
  unnamed: 'without a name',
} as const;

/** A name to be read and pressed; what has none is called so. */
export function shownName(name: string): string {
  return name.trim() === '' ? partWords.unnamed : name;
}
