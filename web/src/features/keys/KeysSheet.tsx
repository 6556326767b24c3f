import './keys.css';
import { useState } from 'react';
import { announceNow, announcePolitely } from '../../a11y/announcer';
import { singleCommands, type SingleCommand } from '../../a11y/keymap';
import { keyName, keysWords as say } from '../../copy/keysWords';
import { isBindable, useKeysStore } from '../../stores/keysStore';
import { useUiStore } from '../../stores/uiStore';
import { Sheet } from '../actions/Sheet';

const close = () => useUiStore.getState().showSheet(undefined);

/** Every key of the page; the single ones can be changed or switched off. */
export function KeysSheet() {
  const on = useKeysStore((state) => state.on);
  const [asked, setAsked] = useState<SingleCommand>();
  const [fault, setFault] = useState<string>();

  const bind = (command: SingleCommand, key: string) => {
    const taken = isBindable(key) ? useKeysStore.getState().rebind(command, key) : undefined;
    const why = !isBindable(key) ? say.unusable : taken && say.taken(keyName(key), say.commands[taken]);
    setFault(why);
    if (why !== undefined) {
      announceNow(why);
      return;
    }
    setAsked(undefined);
    announcePolitely(say.changed(say.commands[command], keyName(key)));
  };
  return (
    <Sheet title={say.title} className="keys-sheet" onClose={close}>
      <p className="t2">{say.lead}</p>
      <h3 className="d s13">{say.single}</h3>
      <label className="check"><input type="checkbox" checked={on} onChange={(event) => useKeysStore.getState().turn(event.target.checked)} /> {say.on}</label>
      {!on && <p className="t2 s12">{say.off}</p>}
      <ul className="keys">
        {singleCommands.map((command) => (
          <Single key={command} command={command} asked={asked === command} onAsk={(wanted) => {
            setFault(undefined);
            setAsked(wanted ? command : undefined);
          }} onKey={(key) => bind(command, key)} />
        ))}
      </ul>
      {fault !== undefined && <p className="fault">{fault}</p>}
      <div className="acts"><button type="button" onClick={() => useKeysStore.getState().restore()}>{say.restore}</button></div>
      <h3 className="d s13">{say.always}</h3>
      <ul className="keys">
        {say.fixed.map(([keys, what]) => <li key={keys}><span>{what}</span><kbd>{keys}</kbd></li>)}
      </ul>
    </Sheet>
  );
}

function Single({ command, asked, onAsk, onKey }: { command: SingleCommand; asked: boolean; onAsk: (wanted: boolean) => void; onKey: (key: string) => void }) {
  const key = keyName(useKeysStore((state) => state.keys[command]));
  const what = say.commands[command];
  return (
    <li data-key-of={command}>
      <span>{what}</span>
      <kbd>{key}</kbd>
      <button
        type="button"
        className="s12"
        aria-label={say.changeOf(what, key)}
        aria-pressed={asked}
        onClick={() => onAsk(!asked)}
        onBlur={() => {
          if (asked) onAsk(false);
        }}
        onKeyDown={(event) => {
          // Tab and Esc lead away; a bare modifier is only the beginning of a key.
          if (!asked || ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
          event.preventDefault();
          if (event.key === 'Escape') onAsk(false);
          else onKey(event.key);
        }}
      >
        {asked ? say.press : say.change}
      </button>
    </li>
  );
}
