/** What the page says once Jarvis serves a newer one. */
export const newPageWords = {
  plate: 'NEW PAGE',
  lead: 'Jarvis was updated while this page was open.',
  keeps: 'It still works as before; loading it anew loses nothing but what is being typed.',
  load: 'Load the new page',
};
