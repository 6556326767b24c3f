import { chatWords } from '../../copy/chatWords';

/** Puts a question about something into the chat's field; nothing is sent by it. */
export function AskButton({ name, short = false, onAsk }: { name: string; short?: boolean; onAsk: () => void }) {
  return <button type="button" className="ask" aria-label={chatWords.askOf(name)} onClick={onAsk}>{short ? chatWords.askShort : chatWords.ask}</button>;
}
