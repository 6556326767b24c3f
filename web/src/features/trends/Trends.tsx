import { lazily } from '../../app/lazily';
import { NARROW, useAtLeast } from '../../design/useWidth';
import { useUiStore } from '../../stores/uiStore';

const Grid = lazily(async () => (await import('./TrendGrid')).TrendGrid, () => undefined);

/** MINIMAL's centre: the nodes side by side, on one scale. It is asked for nowhere else. */
export function Trends() {
  const wanted = useUiStore((state) => state.mode === 'minimal');
  const room = useAtLeast(NARROW);
  return wanted && room ? <Grid /> : null;
}
