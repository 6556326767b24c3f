/** How a problem ended, in the page's words. */
export const resolutionWords = {
  mended: (what: string, who: string) => `Mended by ${what}, asked for by ${who}.`,
  itself: 'It ended by itself.',
} as const;
