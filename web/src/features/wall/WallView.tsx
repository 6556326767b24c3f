import { lazily } from '../../app/lazily';

/** The wall's own part, fetched only where the address asks for it; without it nothing on the page acts either. */
export const WallView = lazily(async () => (await import('./Wall')).Wall, () => undefined);
