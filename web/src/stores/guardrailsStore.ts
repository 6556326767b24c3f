import { create } from 'zustand';
import type { Guardrails } from '../transport/wire';

export interface GuardrailsState {
  /** Unknown until the server told; then nothing is drawn, since nothing may be claimed. */
  guardrails: Guardrails | undefined;
  /** Whether what counts could not be stored yet. */
  unsaved: boolean;
  note: (guardrails: Guardrails, unsaved: boolean) => void;
  reset: () => void;
}

export const useGuardrailsStore = create<GuardrailsState>()((set) => ({
  guardrails: undefined,
  unsaved: false,
  note: (guardrails, unsaved) => set({ guardrails, unsaved }),
  reset: () => set({ guardrails: undefined, unsaved: false }),
}));
