import { useProblemsStore, wanting } from '../../stores/problemsStore';
import { chatWords as say } from '../../copy/chatWords';
import { useChatStore } from '../../stores/chatStore';
import { BUILT_IN } from '../../transport/chatWire';
import { headOf } from '../problems/names';
import { oneLine } from './ask';
import { slashCommands } from './commands';

const MOST_PROBLEMS = 3;

/** Before anything was said: what one might ask now, and who will answer. */
export function Start() {
  const problems = useProblemsStore((state) => state.problems);
  const order = useProblemsStore((state) => state.order);
  const worst = wanting({ problems, order }).slice(0, MOST_PROBLEMS);
  const suggestions = [...worst.map((problem) => say.aboutProblem(oneLine(headOf(problem)), oneLine(problem.summary))), ...say.common];
  return (
    <div className="chat-start scroll" tabIndex={0} role="group" aria-label={say.empty}>
      <p className="lead">{say.empty}</p>
      <ul className="suggest">
        {suggestions.slice(0, MOST_PROBLEMS + 2).map((text) => (
          <li key={text}><button type="button" onClick={() => useChatStore.getState().prefill(text)}><bdi>{text}</bdi></button></li>
        ))}
      </ul>
      <FirstUse />
    </div>
  );
}

/** Where nobody but the built-in one answers: how to add a model, in one step. */
function FirstUse() {
  const alone = useChatStore((state) => state.providers?.every(({ id }) => id === BUILT_IN) === true);
  if (!alone) return null;
  const { lead, files, how } = say.first;
  return (
    <div className="first-use s12 t2">
      <p>{lead}</p>
      {(['claude', 'local'] as const).map((kind) => (
        <details key={kind}>
          <summary>{say.first[kind]}</summary>
          <p>{how(files[kind].file)}</p>
          <pre>{files[kind].text}</pre>
        </details>
      ))}
    </div>
  );
}

/** What can be done by word and by key. */
export function Help() {
  return (
    <div className="chat-start scroll" tabIndex={0} role="group" aria-label={say.commands.label}>
      <p className="t2">{say.commands.lead}</p>
      <dl className="det one">{slashCommands.map((name) => <div key={name}><dt className="m">/{name}</dt><dd>{say.commands[name]}</dd></div>)}</dl>
      <dl className="det one">{say.keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <button type="button" onClick={() => useChatStore.getState().turn('log')}>{say.back}</button>
    </div>
  );
}
