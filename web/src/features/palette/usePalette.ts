import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { showResource } from '../../app/show';
import { paletteWords as say } from '../../copy/paletteWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useTerminalStore } from '../../stores/terminalStore';
import { useUiStore } from '../../stores/uiStore';
import { ApiError } from '../../transport/api';
import type { Offer, Resource } from '../../transport/wire';
import { hasTerminal, targetName } from '../actions/targets';
import { choose } from '../actions/choose';
import { askInWords } from '../chat/ask';
import { showProblem } from '../problems/showProblem';
import { loadOffers, loadTools, offerFrom, type CatalogueTool } from './catalogue';
import { askRow, offerRow, pageRows, problemRows, resourceRows, targetRows, toolRow, type Row } from './rows';
import { best, scopeOf, type Scope } from './search';

/** Where in the palette somebody stands: at the top, before a tool's targets, or before what a resource offers. */
export type Step = { at: 'top' } | { at: 'targets'; tool: CatalogueTool } | { at: 'offers'; item: Resource; only?: CatalogueTool };

const TOP: Step = { at: 'top' };

type Fetched<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; why: string };
const loading = { state: 'loading' } as const;

const whyOf = (error: unknown): string => (error instanceof ApiError ? error.message : words.session.unreachable);

/** After the palette has given the keyboard back, so that what follows may take it. */
function leaveAnd(run: () => void): void {
  flushSync(() => useUiStore.getState().openPalette(undefined));
  run();
}

function pickOffer(offer: Offer, name: string): void {
  if (offer.available && isLive(useConnectionStore.getState())) leaveAnd(() => choose(offer, name));
}

function ownRows(item: Resource): Row[] {
  const show: Row = { key: 'show', kind: 'resource', label: say.show, lead: { to: 'do', run: () => showResource(item.ref) } };
  if (!hasTerminal(item)) return [show];
  return [show, { key: 'shell', kind: 'offer', label: say.terminal, detail: words.terminal.openNote, mark: 'RED', lead: { to: 'do', run: () => useTerminalStore.getState().ask({ ref: item.ref, name: targetName(item) }) } }];
}

function topRows(scope: Scope, tools: readonly CatalogueTool[]): Row[] {
  const actions = scope === 'all' || scope === 'action' ? [...pageRows(), ...tools.map(toolRow)] : [];
  const problems = scope === 'all' || scope === 'problem' ? [...problemRows(showProblem)] : [];
  const resources = scope === 'all' || scope === 'resource' ? [...resourceRows()] : [];
  return [...problems, ...actions, ...resources];
}

/** The tools, asked for once each time the palette opens: bundles come and go. */
function useTools(): Fetched<readonly CatalogueTool[]> {
  const [tools, setTools] = useState<Fetched<readonly CatalogueTool[]>>(loading);
  useEffect(() => {
    const leaving = new AbortController();
    loadTools(leaving.signal).then(
      (value) => setTools({ state: 'ready', value }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setTools({ state: 'failed', why: whyOf(error) });
      },
    );
    return () => leaving.abort();
  }, []);
  return tools;
}

/** What the resource of this step offers; the one tool that was asked for is not offered twice. */
function useStepOffers(step: Step): Fetched<readonly Offer[]> {
  const [fetched, setFetched] = useState<{ for: Step; offers: Fetched<readonly Offer[]> }>();
  useEffect(() => {
    if (step.at !== 'offers') return undefined;
    const { item, only } = step;
    const leaving = new AbortController();
    loadOffers(item.ref, leaving.signal).then(
      (all) => {
        const fitting = only ? all.filter(({ tool }) => tool === only.name) : all;
        const offers = only && fitting.length === 0 ? [offerFrom(only, item)] : fitting;
        const [first] = offers;
        if (only && offers.length === 1 && first?.available && isLive(useConnectionStore.getState())) pickOffer(first, targetName(item));
        else setFetched({ for: step, offers: { state: 'ready', value: offers } });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setFetched({ for: step, offers: { state: 'failed', why: whyOf(error) } });
      },
    );
    return () => leaving.abort();
  }, [step]);
  return fetched?.for === step ? fetched.offers : loading;
}

/** The rows of the present step, and the way through them. */
export function usePalette(query: string, onStep: () => void) {
  const [steps, setSteps] = useState<readonly Step[]>([TOP]);
  const step = steps.at(-1) ?? TOP;
  const tools = useTools();
  const offers = useStepOffers(step);
  const live = useConnectionStore(isLive);
  const { scope, text } = step.at === 'top' ? scopeOf(query) : { scope: 'all' as const, text: query.trim() };
  const known = tools.state === 'ready' ? tools.value : undefined;

  // Taken down once a step: rows that come and go while somebody reads them would move under the hand.
  const all = useMemo((): readonly Row[] => {
    if (step.at === 'targets') return [...targetRows(step.tool)];
    if (step.at === 'top') return topRows(scope, known ?? []);
    const offered = offers.state === 'ready' ? offers.value.map((offer, at) => offerRow(offer, step.item, at)) : [];
    const refused = live ? offered : offered.map((row) => ({ ...row, off: words.link.refusal }));
    return step.only ? refused : [...ownRows(step.item), ...refused];
  }, [step, scope, known, offers, live]);
  const rows = useMemo(() => {
    const found = scope === 'ask' ? [] : best(all, text);
    return step.at === 'top' && found.length === 0 && text !== '' ? [askRow(text, askInWords)] : found;
  }, [all, text, scope, step]);

  const go = (next: Step) => {
    setSteps([...steps, next]);
    onStep();
  };
  const pick = (row: Row) => {
    if (row.off !== undefined) return;
    const { lead } = row;
    switch (lead.to) {
      case 'do':
        leaveAnd(lead.run);
        return;
      case 'targets':
        go({ at: 'targets', tool: lead.tool });
        return;
      case 'offers':
        go({ at: 'offers', item: lead.item });
        return;
      case 'tool-on':
        go({ at: 'offers', item: lead.item, only: lead.tool });
        return;
      case 'offer':
        pickOffer(lead.offer, lead.name);
    }
  };
  const back = (): boolean => {
    if (steps.length === 1) return false;
    setSteps(steps.slice(0, -1));
    onStep();
    return true;
  };
  const waiting = step.at === 'offers' ? offers : step.at === 'top' && scope !== 'resource' && scope !== 'problem' ? tools : undefined;
  return { step, scope, text, rows, pick, back, loading: waiting?.state === 'loading', failure: waiting?.state === 'failed' ? waiting.why : undefined };
}
