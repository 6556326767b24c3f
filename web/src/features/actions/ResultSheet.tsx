import { words } from '../../copy/words';
import { useUiStore, type Sheet as SheetState } from '../../stores/uiStore';
import { Sheet } from './Sheet';

/** What a reading tool answered, as it answered it. */
export function ResultSheet({ sheet }: { sheet: Extract<SheetState, { show: 'result' }> }) {
  const { action, title } = sheet;
  const empty = action.result === undefined || action.result === null;
  return (
    <Sheet title={title} kicker={action.targetNames?.join(', ') ?? words.actions.result} onClose={() => useUiStore.getState().showSheet(undefined)}>
      {empty ? <p className="t2">{words.actions.resultEmpty}</p> : <pre className="result" tabIndex={0} aria-label={words.actions.result}>{JSON.stringify(action.result, null, 2)}</pre>}
    </Sheet>
  );
}
