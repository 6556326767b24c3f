import { create } from 'zustand';
import { httpAddress } from '../../transport/paths';

/** Whether Jarvis serves another page by now than the one that is open. */
export const useNewPageStore = create<{ there: boolean }>()(() => ({ there: false }));

const ENTRY = 'script[type="module"][src]';

/**
 * The names of what a page starts from. They hold a hash of their content, so two builds that differ differ here;
 * `undefined` for whatever is no page of Jarvis, such as a proxy's own.
 */
export function entriesOf(page: Document): string | undefined {
  const sources = [...page.querySelectorAll(ENTRY)].map((script) => script.getAttribute('src') ?? '');
  return sources.length === 0 ? undefined : sources.join(' ');
}

/** Looks, after each time that the line came back, whether it came back with a newer page. */
export async function lookForNewPage(open: Document = document, get = (address: string): Promise<Response> => fetch(address, { cache: 'no-cache' })): Promise<void> {
  try {
    const reply = await get(httpAddress('./'));
    if (!reply.ok) return;
    const served = entriesOf(new DOMParser().parseFromString(await reply.text(), 'text/html'));
    useNewPageStore.setState({ there: served !== undefined && served !== entriesOf(open) });
  } catch {
    // The line is gone again; the next time that it stands somebody looks again.
  }
}
