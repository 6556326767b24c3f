/** What the wall view says. */
export const wallWords = {
  leave: 'Leave the wall view',
  readOnly: 'This is the wall view: it shows, and changes nothing.',
} as const;
