import * as z from 'zod/mini';
import { create } from 'zustand';
import { recalled, remember } from '../../stores/device';
import type { QuietHours } from './alertGate';

/** How this device may disturb its person; both ways are off until somebody asks for them. */
export interface AlertChoice {
  sound: boolean;
  notify: boolean;
  quiet: QuietHours;
}

export interface AlertsState extends AlertChoice {
  choose: (change: Partial<AlertChoice>) => void;
}

const clock = (usual: string) => z.catch(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), usual);
const off = z.catch(z.boolean(), false);
const quiet = z.object({ on: off, from: clock('22:00'), to: clock('07:00') });
const choice = z.object({ sound: off, notify: off, quiet: z.catch(quiet, quiet.parse({})) });

/** What was kept, as far as it still makes sense; nothing disturbs that nobody asked for. */
export function readAlertChoice(text: string | undefined): AlertChoice {
  try {
    return z.catch(choice, choice.parse({})).parse(JSON.parse(text ?? '{}'));
  } catch {
    return choice.parse({});
  }
}

export const useAlertsStore = create<AlertsState>()((set, get) => ({
  ...readAlertChoice(recalled('alerts')),
  choose: (change) => {
    set(change);
    const { sound, notify, quiet } = get();
    remember('alerts', JSON.stringify({ sound, notify, quiet }));
  },
}));
