import { describe, expect, it } from 'vitest';
import type { Task } from '../../transport/detailWire';
import { clusterIdOf, listed, taskIn, taskTitle } from './upid';

const upid = 'UPID:pve1:000F1A2B:0A1B2C3D:66F0A1B2:vzdump:101:root@pam!jarvis:';
const task = (id: string, startedAt: string, exitStatus?: string): Task => ({ id, node: 'pve1', type: 'vzdump', subject: '', user: '', startedAt, exitStatus, succeeded: exitStatus === 'OK' });

describe('taskIn', () => {
  it('finds a task in a sentence', () => {
    expect(taskIn(`The task ${upid} failed.`)).toEqual({ upid, type: 'vzdump', subject: '101' });
  });
  it.each(['UPID:', 'UPID:pve1:xyz:0A1B2C3D:66F0A1B2:vzdump:101:root@pam:', `UPID:pve1/../..:000F1A2B:0A1B2C3D:66F0A1B2:vzdump:101:root@pam:`, 'no task'])('takes %j for none', (text) => {
    expect(taskIn(text)).toBeUndefined();
  });
});

describe('taskTitle', () => {
  it('says what it does, and an unknown kind as it is named', () => {
    expect(taskTitle({ type: 'vzdump', subject: '101' })).toBe('Backup 101');
    expect(taskTitle({ type: 'toString', subject: '' })).toBe('toString');
  });
});

describe('listed', () => {
  it('has the running first and the latest next', () => {
    const all = [task('old', '2026-01-01T00:00:00Z', 'OK'), task('new', '2026-01-03T00:00:00Z', 'OK'), task('runs', '2026-01-02T00:00:00Z'), task('older', '2025-01-01T00:00:00Z', 'OK')];
    expect(listed(all, 3).map(({ id }) => id)).toEqual(['runs', 'new', 'old']);
  });
});

describe('clusterIdOf', () => {
  it('reads it from an address', () => {
    expect(clusterIdOf('pve:home:node:pve1')).toBe('home');
  });
});
