// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { lookForNewPage, useNewPageStore } from './newPage';

const page = (script: string) => `<!doctype html><html><head><script type="module" crossorigin src="${script}"></script></head><body></body></html>`;
const open = new DOMParser().parseFromString(page('./assets/index-one.js'), 'text/html');
const served = (html: string, status = 200) => () => Promise.resolve(new Response(html, { status }));

describe('a page that Jarvis serves after it came back', () => {
  beforeEach(() => {
    useNewPageStore.setState({ there: false });
  });

  it('is no news while it starts from the same', async () => {
    await lookForNewPage(open, served(page('./assets/index-one.js')));
    expect(useNewPageStore.getState().there).toBe(false);
  });

  it('is news once it starts from something else', async () => {
    await lookForNewPage(open, served(page('./assets/index-two.js')));
    expect(useNewPageStore.getState().there).toBe(true);
  });

  it('is no news any more once the old one is served again', async () => {
    await lookForNewPage(open, served(page('./assets/index-two.js')));
    await lookForNewPage(open, served(page('./assets/index-one.js')));
    expect(useNewPageStore.getState().there).toBe(false);
  });

  it.each([
    ['a proxy’s error', served('<h1>502 Bad Gateway</h1>', 502)],
    ['somebody else’s page', served('<h1>Sign in to the proxy</h1>')],
    ['nothing', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('is not taken for one where it is %s', async (_, get) => {
    await lookForNewPage(open, get);
    expect(useNewPageStore.getState().there).toBe(false);
  });
});
