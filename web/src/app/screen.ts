import { usePresentedStore } from '../stores/presentedStore';
import { screenFrame, screenReply } from '../transport/screenWire';
import { api } from './server';

/** Takes what the channel of events tells of the screen; false for everything else. */
export function noteScreenFrame(frame: unknown): boolean {
  const read = screenFrame.safeParse(frame);
  if (read.success) usePresentedStore.getState().noteScreen(read.data.screen);
  return read.success;
}

/** What was shown while nobody listened. */
export async function loadScreen(): Promise<void> {
  try {
    const { screen } = await api.get('api/screen', screenReply);
    if (screen) usePresentedStore.getState().noteScreen(screen);
  } catch {
    // A server without a screen shows nothing; what is there stays.
  }
}

/** On this page alone: what others see is not this person's to take away. */
export function forgetScreen(): void {
  usePresentedStore.getState().close();
}
