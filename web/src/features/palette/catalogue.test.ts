import { describe, expect, it } from 'vitest';
import { offerFrom, type CatalogueTool } from './catalogue';
import type { Resource } from '../../transport/wire';

const tool: CatalogueTool = {
  name: 'get_task_log', title: 'Task log', targetKind: 'node', effect: 'observes', tier: 'GREEN', consent: 'none', available: true,
  inputSchema: { type: 'object', properties: { node: { type: 'string' }, upid: { type: 'string' } }, required: ['node', 'upid'] },
};
const atlas: Resource = { ref: 'pve:home:node:atlas', kind: 'node', name: 'atlas', status: 'online', stale: false };

describe('a tool that a resource’s menu does not have', () => {
  it('is asked for with those arguments filled in that address the resource, and no others', () => {
    expect(offerFrom(tool, atlas).arguments).toEqual({ node: 'atlas' });
  });
  it('keeps what the catalogue says of consent and of why it is not to be had', () => {
    expect(offerFrom({ ...tool, consent: 'typed', available: false, reason: 'Its connector is gone.' }, atlas)).toMatchObject({ consent: 'typed', available: false, reason: 'Its connector is gone.' });
  });
});
