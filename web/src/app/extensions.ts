import { words } from '../copy/words';
import { ApiError } from '../transport/api';
import { extension, listOf, type Extension } from '../transport/wire';
import { useExtensionsStore } from '../stores/extensionsStore';
import { Coalesced } from './coalesced';
import { api } from './server';

const list = new Coalesced(async () => {
  try {
    const { items } = await api.get('api/extensions', listOf(extension));
    useExtensionsStore.getState().replaceAll(items, Date.now());
  } catch (error) {
    useExtensionsStore.getState().noteFailure(error instanceof ApiError ? error.message : words.session.unreachable);
  }
});

/** Asks for the list anew; a burst of events asks at most twice. */
export function loadExtensions(): Promise<void> {
  return list.run();
}

/** Consents to exactly this jar, or refuses it; the answer is how it stands afterwards. */
export async function decideExtension(id: string, decision: 'approve' | 'reject', pinSigner: boolean): Promise<Extension> {
  const decided = await api.post(`api/extensions/${encodeURIComponent(id)}`, { decision, ...(pinSigner ? { pinSigner } : {}) }, extension);
  useExtensionsStore.getState().noteDecided(decided, Date.now());
  // Another version may have left its place.
  void loadExtensions();
  return decided;
}
