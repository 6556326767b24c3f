import { execute } from '../../app/commands';
import type { Command } from '../../a11y/keymap';
import { alertWords } from '../../copy/alertWords';
import { paletteWords as say } from '../../copy/paletteWords';
import { shellWords } from '../../copy/shellWords';
import { statusWord, words } from '../../copy/words';
import type { GlyphName } from '../../design/Glyph';
import { modeNames } from '../../design/tokens';
import { useClusterStore } from '../../stores/clusterStore';
import { useKeysStore } from '../../stores/keysStore';
import { isOpen, useProblemsStore } from '../../stores/problemsStore';
import { severityOf } from '../../stores/severity';
import { useUiStore, type SettingsSection } from '../../stores/uiStore';
import type { Offer, Resource } from '../../transport/wire';
import { targetName } from '../actions/targets';
import { headOf } from '../problems/names';
import type { CatalogueTool } from './catalogue';
import type { Findable } from './search';

/** One line of the palette, and where it leads. */
export interface Row extends Findable {
  key: string;
  kind: keyof typeof say.kind;
  /** Beneath the name: what else one has to know to choose it. */
  detail?: string;
  glyph?: GlyphName;
  /** At the end: the tier, or the key that does the same. */
  mark?: string;
  /** Why it cannot be chosen now; then it stays, and says so. */
  off?: string;
  lead: Lead;
}

export type Lead =
  | { to: 'do'; run: () => void }
  | { to: 'targets'; tool: CatalogueTool }
  | { to: 'offers'; item: Resource }
  | { to: 'offer'; offer: Offer; name: string }
  | { to: 'tool-on'; tool: CatalogueTool; item: Resource };

const commands: readonly (readonly [Exclude<Command, 'palette' | 'next' | 'previous' | 'menu' | 'next-region' | 'previous-region' | 'mode' | 'settings'>, string])[] = [
  ...(Object.entries(say.go) as [keyof typeof say.go, string][]),
  ...(Object.entries(say.run) as [keyof typeof say.run, string][]),
];

/** What the page itself can do, which changes nothing outside but for the kill switch. */
export function pageRows(): Row[] {
  const { on, keys } = useKeysStore.getState();
  const ui = useUiStore.getState();
  const run = (label: string, key: string, action: () => void, mark?: string): Row => ({ key, kind: 'action', label, mark, lead: { to: 'do', run: action } });
  return [
    ...commands.map(([command, label]) => run(label, command, () => execute(command), command === 'halt' ? 'Ctrl Alt H' : on ? keys[command].toUpperCase() : undefined)),
    run(alertWords.title, 'alerts', () => ui.showSheet({ show: 'alerts' })),
    run(shellWords.more.wall, 'wall', () => location.assign('?wall=1')),
    ...modeNames.map((mode) => run(say.mode(shellWords.modes.names[mode]), `mode ${mode}`, () => ui.setMode(mode))),
    ...(Object.entries(words.settings.sections) as [SettingsSection, string][]).map(([section, name]) => run(say.settings(name), `settings ${section}`, () => ui.showSheet({ show: 'settings', section }))),
  ];
}

export function toolRow(tool: CatalogueTool): Row {
  return {
    key: `tool ${tool.name}`, kind: 'tool', label: tool.title, more: `${tool.name.replaceAll('_', ' ')} ${tool.name} ${tool.targetKind}`, detail: tool.description ?? undefined, mark: tool.tier,
    off: tool.available ? undefined : (tool.reason ?? words.actions.none), lead: { to: 'targets', tool },
  };
}

const detailOf = (item: Resource): string => [...(item.kind === 'guest' ? [item.node] : item.kind === 'storage' ? [item.node] : []), statusWord(item.status)].filter(Boolean).join(' · ');

function resourceRow(item: Resource, lead: Lead): Row {
  const more = [item.kind, item.vmid, item.node, item.type === 'lxc' ? 'ct container' : item.type === 'qemu' ? 'vm' : '', ...(item.tags ?? [])].join(' ');
  return { key: item.ref, kind: 'resource', label: targetName(item), more, detail: detailOf(item), glyph: item.stale ? 'stale' : severityOf(item), lead };
}

function* resources(kinds: readonly Resource['kind'][]): Generator<Resource> {
  const { refs, entities } = useClusterStore.getState();
  for (const kind of kinds) {
    for (const ref of refs[kind]) {
      const item = entities.get(ref);
      if (item) yield item;
    }
  }
}

export function* resourceRows(): Generator<Row> {
  for (const item of resources(['node', 'guest', 'storage', 'cluster'])) yield resourceRow(item, { to: 'offers', item });
}

/** Everything of the kind that the tool works on. */
export function* targetRows(tool: CatalogueTool): Generator<Row> {
  const kind = (['node', 'guest', 'storage', 'cluster'] as const).find((one) => one === tool.targetKind);
  for (const item of resources(kind ? [kind] : ['node', 'guest', 'storage', 'cluster'])) yield resourceRow(item, { to: 'tool-on', tool, item });
}

export function* problemRows(show: (id: string) => void): Generator<Row> {
  const { order, problems } = useProblemsStore.getState();
  for (const id of order) {
    const problem = problems.get(id);
    if (!problem || !isOpen(problem)) continue;
    yield { key: `problem ${id}`, kind: 'problem', label: headOf(problem), more: `${problem.summary} ${problem.severity}`, detail: problem.summary, glyph: problem.severity, lead: { to: 'do', run: () => show(id) } };
  }
}

/** Into the chat's field; a person sends it there. */
export function askRow(text: string, ask: (text: string) => void): Row {
  return { key: 'ask', kind: 'ask', label: say.ask(text), lead: { to: 'do', run: () => ask(text) } };
}

export function offerRow(offer: Offer, item: Resource, at: number): Row {
  return {
    key: `offer ${offer.tool} ${String(at)}`, kind: 'offer', label: offer.title, more: offer.tool.replaceAll('_', ' '), detail: offer.description ?? undefined, mark: offer.tier,
    off: offer.available ? undefined : (offer.reason ?? words.actions.none), lead: { to: 'offer', offer, name: targetName(item) },
  };
}
