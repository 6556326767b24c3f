import * as z from 'zod/mini';
import { announceNow } from '../a11y/announcer';
import { words } from '../copy/words';
import { useGuardrailsStore } from '../stores/guardrailsStore';
import { useUiStore } from '../stores/uiStore';
import { ApiError } from '../transport/api';
import { guardrails } from '../transport/wire';
import { Coalesced } from './coalesced';
import { api } from './server';

const changed = z.extend(guardrails, { durable: z.boolean() });

const reading = new Coalesced(async () => {
  try {
    useGuardrailsStore.getState().note(await api.get('api/guardrails', guardrails), false);
  } catch {
    // Asked for again with the next connect or change; what is shown stays.
  }
});

/** Asks what counts now. */
export function loadGuardrails(): Promise<void> {
  return reading.run();
}

/** One press stops everything that nobody directly asked for; how it went is said aloud. */
export function halt(): Promise<boolean> {
  return turn(true);
}

export function resume(): Promise<boolean> {
  return turn(false);
}

/** Counts once it is recorded; a refusal is the caller's to show. */
export async function setAutonomy(autonomy: string): Promise<void> {
  const now = await api.put('api/guardrails', { autonomy }, changed);
  useGuardrailsStore.getState().note(now, !now.durable);
  announceNow(words.autonomy.announce(now.autonomy));
}

async function turn(halted: boolean): Promise<boolean> {
  try {
    const now = await api.put('api/guardrails', { halted }, changed);
    useGuardrailsStore.getState().note(now, !now.durable);
    announceNow(now.halted ? words.halt.announce : words.halt.resumed);
    return true;
  } catch (error) {
    const why = words.halt.failed(error instanceof ApiError ? error.message : words.session.unreachable);
    useUiStore.getState().addToast({ title: words.halt.halt, failure: why });
    announceNow(why);
    return false;
  }
}
