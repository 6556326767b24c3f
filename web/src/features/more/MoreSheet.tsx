import { alertWords } from '../../copy/alertWords';
import { shellWords } from '../../copy/shellWords';
import { words } from '../../copy/words';
import { signOut } from '../../app/session';
import { useUiStore } from '../../stores/uiStore';
import { Sheet } from '../actions/Sheet';
import { ModeRadios } from '../modes/ModeSwitch';

const say = shellWords.more;
const ui = () => useUiStore.getState();

/** What has no room in the bar of a small screen. */
export function MoreSheet() {
  const close = () => ui().showSheet(undefined);
  const leaveAnd = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <Sheet title={say.title} className="more-sheet" onClose={close}>
      <ModeRadios />
      <div className="fields">
        <button type="button" onClick={leaveAnd(() => ui().openPalette(''))}>{say.search}</button>
        <button type="button" onClick={() => ui().showSheet({ show: 'settings', section: 'account' })}>{say.settings}</button>
        <button type="button" onClick={() => ui().showSheet({ show: 'alerts' })}>{alertWords.title}</button>
        <button type="button" onClick={() => ui().showSheet({ show: 'keys' })}>{say.keys}</button>
        <button type="button" onClick={leaveAnd(() => void signOut().catch(() => undefined))}>{words.session.signOut}</button>
      </div>
    </Sheet>
  );
}
