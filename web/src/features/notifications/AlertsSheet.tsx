import { useState } from 'react';
import { alertWords as say } from '../../copy/alertWords';
import { useUiStore } from '../../stores/uiStore';
import { Sheet } from '../actions/Sheet';
import { useAlertsStore } from './alertsStore';
import { chime, unlock } from './sound';

const close = () => useUiStore.getState().showSheet(undefined);
const choose = () => useAlertsStore.getState().choose;

/** Whether and when this device may disturb its person. */
export function AlertsSheet() {
  const { sound, notify, quiet } = useAlertsStore();
  const [fault, setFault] = useState<string>();

  const wantNotifications = async (wanted: boolean) => {
    setFault(undefined);
    if (!wanted) {
      choose()({ notify: false });
      return;
    }
    const answer = 'Notification' in window ? await Notification.requestPermission() : 'unavailable';
    choose()({ notify: answer === 'granted' });
    if (answer !== 'granted') setFault(answer === 'unavailable' ? say.unavailable : say.denied);
  };
  return (
    <Sheet title={say.title} onClose={close}>
      <p className="t2">{say.lead}</p>
      <label className="check">
        <input type="checkbox" checked={sound} onChange={(event) => {
          choose()({ sound: event.target.checked });
          if (event.target.checked) unlock();
        }} /> {say.sound}
      </label>
      {sound && (
        <p className="t2 s12">
          {say.soundHint}{' '}
          <button type="button" className="s12" onClick={() => {
            unlock();
            setFault(chime() ? undefined : say.unplayed);
          }}>{say.try}</button>
        </p>
      )}
      <label className="check"><input type="checkbox" checked={notify} onChange={(event) => void wantNotifications(event.target.checked)} /> {say.notify}</label>
      <label className="check"><input type="checkbox" checked={quiet.on} onChange={(event) => choose()({ quiet: { ...quiet, on: event.target.checked } })} /> {say.quiet}</label>
      {quiet.on && (
        <p className="acts">
          <label>{say.from} <input type="time" required value={quiet.from} onChange={(event) => event.target.value !== '' && choose()({ quiet: { ...quiet, from: event.target.value } })} /></label>
          <label>{say.to} <input type="time" required value={quiet.to} onChange={(event) => event.target.value !== '' && choose()({ quiet: { ...quiet, to: event.target.value } })} /></label>
          <span className="t2 s12">{say.quietHint}</span>
        </p>
      )}
      {fault !== undefined && <p className="fault" role="note">{fault}</p>}
    </Sheet>
  );
}
