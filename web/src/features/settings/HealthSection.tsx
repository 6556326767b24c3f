import { useEffect } from 'react';
import { timeOfDay } from '../../copy/format';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { refreshHealth } from '../../app/session';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useSessionStore } from '../../stores/sessionStore';

const EVERY_MS = 5_000;
const glyphs: Record<string, GlyphName> = { UP: 'normal', DEGRADED: 'warning', DOWN: 'critical' };
const order = ['DOWN', 'DEGRADED', 'UP'];

/** How each part of Jarvis is, the worst first, in its own words. */
export function HealthSection() {
  const health = useSessionStore((state) => state.health);
  const healthAt = useSessionStore((state) => state.healthAt);
  const live = useConnectionStore(isLive);
  useEffect(() => {
    void refreshHealth();
    const timer = window.setInterval(() => void refreshHealth(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  if (!health) return <p className="skeleton lines">{words.settings.loading}</p>;
  const components = [...(health.components ?? [])].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return (
    <section className={live ? undefined : 'stl'}>
      <h3>{settingsWords.health.overall[health.status] ?? health.status}</h3>
      <p className="t2 s12">
        {health.version && `${settingsWords.health.version(health.version)}, `}{settingsWords.health.asOf(timeOfDay(healthAt))}
        {!live && ` ${words.link.refusal}`}
      </p>
      {components.length === 0 && <p className="t2">{settingsWords.health.none}</p>}
      <ul className="lines parts">
        {components.map((component) => (
          <li key={component.name} data-component={component.name} data-status={component.status}>
            <Glyph name={glyphs[component.status] ?? 'info'} />
            <div>
              <p><b><bdi>{component.name}</bdi></b> <span className="oc">{settingsWords.health.status[component.status] ?? component.status}</span></p>
              {component.detail && <p className="t2 s13"><bdi>{component.detail}</bdi></p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
