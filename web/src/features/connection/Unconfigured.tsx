import { words } from '../../copy/words';
import { Panel } from '../../design/Panel';
import { useSessionStore } from '../../stores/sessionStore';
import { configurationLines, tokenCommands } from './firstCluster';

/** Shown while no cluster is configured: what to put where. */
export function Unconfigured() {
  const components = useSessionStore((state) => state.health?.components);
  const { title, lead, steps, file, fileNote } = words.unconfigured;
  const troubled = (components ?? []).filter((component) => component.status !== 'UP');
  return (
    <Panel title={title} className="unconfigured">
      <div className="prose">
        <p>{lead}</p>
        <ol>
          <li>
            {steps[0]}
            <pre tabIndex={0}>{tokenCommands.join('\n')}</pre>
          </li>
          <li>
            {steps[1]}
            <p className="m file">{file}</p>
            <pre tabIndex={0}>{configurationLines.join('\n')}</pre>
            <p className="t3 s12">{fileNote}</p>
          </li>
          <li>{steps[2]}</li>
        </ol>
        {troubled.map((component) => (
          <p key={component.name} className="notice">
            {words.banners.component(component.name, component.status)} {component.detail}
          </p>
        ))}
      </div>
    </Panel>
  );
}
