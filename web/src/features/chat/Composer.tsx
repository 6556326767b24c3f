import { useEffect, useId, useRef, useState, type ChangeEvent, type KeyboardEvent, type PointerEvent } from 'react';
import { announceNow } from '../../a11y/announcer';
import { hearing, loadProviders, say as send, stop } from '../../app/chat';
import { chatWords as say } from '../../copy/chatWords';
import { useChatStore } from '../../stores/chatStore';
import { commandOf, fitting, run, type SlashCommand } from './commands';
import { isPasted } from './typed';

const MOST_LENGTH = 16_000;
const TALLEST_PX = 160;
const store = () => useChatStore.getState();

/** Whoever presses beside the field goes on writing there. */
const keepFocus = (event: PointerEvent) => event.preventDefault();

/** The field in which a person writes to Jarvis. Enter sends what stands in it, and does nothing else ever. */
export function Composer() {
  const draft = useChatStore((state) => state.draft);
  const called = useChatStore((state) => state.called);
  const state = useChatStore((state) => state.state);
  const heard = useChatStore(hearing);
  const field = useRef<HTMLTextAreaElement>(null);
  const calledBefore = useRef(0);
  const last = useRef('');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string>();
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState(false);
  const menu = useId();
  const found = shut ? [] : fitting(draft.text);
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${String(Math.min(TALLEST_PX, element.scrollHeight + 2))}px`;
  }, [draft.text]);
  useEffect(() => {
    if (called === calledBefore.current) return;
    calledBefore.current = called;
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [called]);

  const tell = (why: string | undefined) => {
    setFault(why);
    if (why !== undefined) announceNow(why);
  };
  const settle = async (doing: Promise<string | undefined>, words: string) => {
    setSending(true);
    const why = await doing;
    setSending(false);
    tell(why);
    // What was written on meanwhile stays.
    if (why === undefined && store().draft.text === words) store().setDraft({ text: '', pasted: false });
  };
  const command = (wanted: SlashCommand) => {
    store().setDraft({ text: '', pasted: false });
    void settle(run(wanted), '');
  };
  const submit = () => {
    const words = draft.text;
    if (sending || words.trim() === '') return;
    const wanted = commandOf(words);
    if (wanted === 'unknown') tell(say.unknown(words.trim()));
    else if (wanted !== undefined) command(wanted);
    else if (heard === 'not') tell(say.offline);
    else if (state === 'RUNNING') tell(say.busy);
    else {
      last.current = words;
      void settle(send({ text: words.trim(), pasted: draft.pasted }).then((why) => (why === undefined ? undefined : say.failed(why))), words);
    }
  };
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value } = event.target;
    const { inputType } = event.nativeEvent as InputEvent;
    setAt(0);
    setShut(false);
    if (fault !== undefined) setFault(undefined);
    store().setDraft({ text: value, pasted: isPasted(draft, value, inputType) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (found.length > 0 && step !== 0) setAt((at + step + found.length) % found.length);
    else if (found.length > 0 && chosen && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) command(chosen);
    else if (found.length > 0 && event.key === 'Escape') {
      setShut(true);
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      if (!event.repeat) submit();
    } else if (event.key === 'ArrowUp' && draft.text === '' && last.current !== '') store().setDraft({ text: last.current, pasted: true });
    else if (event.key === 'Escape' && state !== 'RUNNING') field.current?.blur();
    else return;
    event.preventDefault();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {found.length > 0 && (
        <ul id={menu} role="listbox" aria-label={say.commands.label} className="slash">
          {found.map((name) => (
            <li key={name} id={`${menu}-${name}`} role="option" aria-selected={name === chosen} onPointerDown={(event) => event.preventDefault()} onClick={() => command(name)}>
              <span className="m">/{name}</span> <span className="t2">{say.commands[name]}</span>
            </li>
          ))}
        </ul>
      )}
      {fault !== undefined && <p className="fault" role="note">{fault}</p>}
      <div className="line">
        <span className="prompt" aria-hidden="true">›</span>
        <textarea
          ref={field}
          id="chat-input"
          rows={1}
          maxLength={MOST_LENGTH}
          aria-label={say.input}
          aria-autocomplete="list"
          aria-controls={found.length > 0 ? menu : undefined}
          aria-activedescendant={chosen ? `${menu}-${chosen}` : undefined}
          aria-keyshortcuts="C"
          placeholder={say.placeholder}
          value={draft.text}
          onFocus={() => void loadProviders()}
          onChange={onChange}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true" className="desk">C</kbd>
        {state !== 'IDLE' && <button type="button" className="stop" title={say.stopTitle} onPointerDown={keepFocus} onClick={() => void stop().then(tell)}>{say.stop}</button>}
        <button type="submit" onPointerDown={keepFocus} aria-disabled={sending || heard === 'not' || draft.text.trim() === ''}>{say.send}</button>
      </div>
    </form>
  );
}
