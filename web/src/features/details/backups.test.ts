import { describe, expect, it } from 'vitest';
import { detailsOf } from '../../transport/detailWire';
import type { Resource } from '../../transport/wire';
import { backupsOf, backupStorages, kindsOf } from './backups';

const storage = (node: string, name: string, shared: boolean, content: string[], cluster = 'home'): Resource => ({ ref: `pve:${cluster}:storage:${node}:${name}`, kind: 'storage', name, status: 'available', stale: false, node, shared, content });
const guest: Resource = { ref: 'pve:home:guest:101', kind: 'guest', name: 'web', status: 'running', stale: false, vmid: 101, node: 'b' };
const all = [storage('a', 'pbs', true, ['backup']), storage('b', 'pbs', true, ['backup']), storage('a', 'local', false, ['backup']), storage('b', 'local', false, ['backup', 'iso']), storage('b', 'lvm', false, ['images']), storage('b', 'pbs', true, ['backup'], 'away')];

describe('backupStorages', () => {
  it('has shared ones once, of the others those of its node, and none of another cluster', () => {
    expect(backupStorages(guest, all).map(({ ref }) => ref)).toEqual(['pve:home:storage:b:pbs', 'pve:home:storage:b:local']);
  });
});

describe('backupsOf', () => {
  it('has the latest first, none of other guests, and counts where nobody could look', () => {
    const [pbs, local] = backupStorages(guest, all);
    const volume = (guestId: number, createdAt: string, content = 'backup') => ({ id: createdAt, content, guest: guestId, createdAt });
    const details = new Map([[pbs?.ref ?? '', detailsOf({ content: { value: { volumes: [volume(101, '2026-01-01T00:00:00Z'), volume(102, '2026-03-01T00:00:00Z'), volume(101, '2026-02-01T00:00:00Z'), volume(101, '2026-04-01T00:00:00Z', 'images')] } } })]]);
    const found = backupsOf(101, [pbs, local].flatMap((one) => one ?? []), details);
    expect(found.backups.map(({ volume: { createdAt } }) => createdAt)).toEqual(['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z']);
    expect(found.unread).toBe(1);
  });
});

describe('kindsOf', () => {
  it('sums up by kind, and does not make a sum of what it does not know', () => {
    const volumes = detailsOf({ content: { value: { volumes: [{ id: 'a', content: 'iso', sizeBytes: 5 }, { id: 'b', content: 'images', sizeBytes: 7 }, { id: 'c', content: 'iso', sizeBytes: 4 }, { id: 'd', content: 'images' }] } } }).content?.value?.volumes ?? [];
    expect(kindsOf(volumes)).toEqual([{ content: 'iso', count: 2, bytes: 9 }, { content: 'images', count: 2, bytes: undefined }]);
  });
});
