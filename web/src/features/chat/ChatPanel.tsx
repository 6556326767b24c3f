import { useId } from 'react';
import { chatWords } from '../../copy/chatWords';
import { deferred } from '../../design/deferred';
import { useClusterStore } from '../../stores/clusterStore';
import { useUiStore } from '../../stores/uiStore';

const ChatDesk = deferred(() => import('./ChatDesk').then((part) => part.ChatDesk));

/** Where one talks to Jarvis. Its code is fetched once the page stands: nobody asks before they see. */
export function ChatPanel() {
  const loaded = useClusterStore((state) => state.loaded);
  const wall = useUiStore((state) => state.wall);
  const titleId = useId();
  // On a wall nobody talks, and what others said is not for everybody who passes.
  if (wall) return null;
  return (
    <section id="chat" className="p chat" aria-label={chatWords.region} tabIndex={-1}>
      {loaded && <ChatDesk titleId={titleId} />}
    </section>
  );
}
