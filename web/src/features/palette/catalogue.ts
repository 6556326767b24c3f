import * as z from 'zod/mini';
import { api } from '../../app/server';
import { consent, listOf, offer as offerSchema, optional, tame, type Offer, type Resource } from '../../transport/wire';

const text = z.pipe(z.string(), z.transform(tame));

/** A tool as the catalogue names it, before it has a target. */
const tool = z.object({
  name: z.string(),
  title: text,
  description: optional(text),
  inputSchema: optional(z.record(z.string(), z.unknown())),
  targetKind: z.string(),
  effect: z.string(),
  tier: z.string(),
  consent,
  available: z.boolean(),
  reason: optional(text),
});
export type CatalogueTool = z.infer<typeof tool>;

export async function loadTools(signal: AbortSignal): Promise<readonly CatalogueTool[]> {
  return (await api.get('api/tools', listOf(tool), signal)).items;
}

export async function loadOffers(ref: string, signal: AbortSignal): Promise<readonly Offer[]> {
  return (await api.get(`api/resources/${encodeURIComponent(ref)}/actions`, listOf(offerSchema), signal)).items;
}

/** What of a resource names it among a tool's arguments. */
function addressOf(item: Resource): Readonly<Record<string, unknown>> {
  const [, cluster] = item.ref.split(':');
  const node = item.kind === 'node' ? item.name : item.node;
  return { cluster, node, vmid: item.vmid, storage: item.kind === 'storage' ? item.name : undefined };
}

/**
 * What to ask for where a resource's own menu does not have the tool: a form for the tool's arguments, with those filled in
 * that address the resource. Whether it fits, the gate decides.
 */
export function offerFrom(tool: CatalogueTool, item: Resource): Offer {
  const properties = (tool.inputSchema?.['properties'] ?? {}) as Readonly<Record<string, unknown>>;
  const known = Object.entries(addressOf(item)).filter(([name, value]) => value !== undefined && name in properties);
  return {
    tool: tool.name,
    title: tool.title,
    description: tool.description,
    arguments: Object.fromEntries(known),
    schema: tool.inputSchema,
    tier: tool.tier,
    effect: tool.effect,
    consent: tool.consent,
    available: tool.available,
    reason: tool.reason,
  };
}
