import { api } from '../../app/server';
import { useUiStore } from '../../stores/uiStore';
import type { Offer } from '../../transport/wire';
import { run, toolRequest } from './consentFlow';
import { isComplete } from './schemaForm';
import { report, runAtOnce, settled } from './start';

const READ_WAIT_SECONDS = 20;
const ui = () => useUiStore.getState();

/** Where a choice from a menu leads: to a form, to consent, or straight to the tool. */
export function choose(offer: Offer, targetName: string): void {
  if (!offer.available) return;
  if (!isComplete(offer.schema, offer.arguments ?? {})) {
    ui().showSheet({ show: 'form', offer, targetName });
    return;
  }
  void proceed(offer, offer.arguments ?? {}, targetName);
}

/** The arguments are whole; the tier decides how much consent they cost. */
export async function proceed(offer: Offer, args: Record<string, unknown>, targetName: string): Promise<void> {
  switch (offer.consent) {
    case 'none':
      await look(offer, args);
      return;
    case 'click':
      await runAtOnce(toolRequest(offer.tool, args), offer.title);
      return;
    case 'hold':
    case 'typed':
      ui().showSheet({ show: 'consent', offer, arguments: args, targetName });
  }
}

async function look(offer: Offer, args: Record<string, unknown>): Promise<void> {
  const outcome = await settled(run(api, toolRequest(offer.tool, args), READ_WAIT_SECONDS));
  if (outcome.is === 'under-way' && outcome.action.state === 'SUCCEEDED') {
    ui().showSheet({ show: 'result', title: offer.title, action: outcome.action });
    return;
  }
  report(outcome, offer.title);
}
