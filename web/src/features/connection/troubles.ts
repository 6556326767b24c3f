import type { Health, HealthComponent } from '../../transport/wire';

/** The component that says whether Jarvis may change anything at all. */
const MODE = 'mode';
/** Without it nothing can be recorded, so nothing is changed. */
const STORAGE = 'storage';

export interface Trouble {
  component: HealthComponent;
  safeMode: boolean;
  /** Whether it is worth a banner, or only a line among the others. */
  telling: 'banner' | 'line';
}

const weight = ({ component, safeMode }: Trouble): number => (safeMode ? 0 : component.status === 'DOWN' ? 1 : 2);

/**
 * The components that are not well, the most fundamental first. What a cluster lacks its own banner says;
 * what is merely degraded costs no line of every screen, but for the storage.
 */
export function troublesOf(health: Health | undefined): Trouble[] {
  return (health?.components ?? [])
    .filter((component) => component.status !== 'UP')
    .map((component): Trouble => {
      const safeMode = component.name === MODE;
      const ofCluster = component.name.startsWith('cluster ') || component.name.startsWith('connector');
      return { component, safeMode, telling: safeMode || component.name === STORAGE || (component.status === 'DOWN' && !ofCluster) ? 'banner' : 'line' };
    })
    .sort((a, b) => weight(a) - weight(b));
}

/** Changes when Jarvis goes into safe mode or comes out of it: what it offers is then another list. */
export function modeOf(health: Health | undefined): string {
  return health?.components?.find(({ name }) => name === MODE)?.status ?? 'UP';
}
