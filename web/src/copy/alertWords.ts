/** What the page says of how it may disturb. */
export const alertWords = {
  title: 'Sound and notifications',
  lead: 'For a new critical problem only: once for each, at most once a minute. This choice is kept on this device.',
  sound: 'Play a sound',
  soundHint: 'A browser plays it only after you have pressed or typed something on the page.',
  try: 'Play it now',
  unplayed: 'This browser would not play it.',
  notify: 'Show a notification of the browser',
  denied: 'The browser refuses notifications from this page. Allow them in its settings for this address.',
  unavailable: 'This browser has no notifications here: they need an address that begins with https.',
  quiet: 'Quiet hours',
  from: 'from',
  to: 'to',
  quietHint: 'What is still there when they end is told then.',
  more: (head: string, more: number) => `${head}, and ${String(more)} more`,
  unloadable: 'This did not load. If Jarvis was updated meanwhile, reload the page.',
} as const;
