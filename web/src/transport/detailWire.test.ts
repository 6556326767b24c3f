import { describe, expect, it } from 'vitest';
import { detailsOf, inertLine, metrics } from './detailWire';

describe('detailsOf', () => {
  it('keeps what was read beside why it cannot be read any more', () => {
    const { services } = detailsOf({
      services: { observedAt: '2026-11-27T10:00:00Z', stale: true, intervalSeconds: 60, value: { services: [{ name: 'pveproxy', state: 'dead' }] }, code: 'unreachable', reason: 'No route to host' },
    });
    expect(services?.value?.services[0]?.name).toBe('pveproxy');
    expect(services?.observedAt).toBe(Date.parse('2026-11-27T10:00:00Z'));
    expect(services?.failure).toEqual({ code: 'unreachable', reason: 'No route to host' });
  });
  it('says of an odd answer that it cannot be read, and leaves out one odd member alone', () => {
    const { disks, system, zfs } = detailsOf({ disks: { value: { disks: [{ device: 7 }, { device: '/dev/sda' }] } }, system: { value: 'fine' }, zfs: 'what' });
    expect(disks?.value?.disks.map(({ device }) => device)).toEqual(['/dev/sda']);
    expect(system).toMatchObject({ value: undefined, unreadable: true });
    expect(zfs).toMatchObject({ value: undefined, unreadable: true });
  });
  it('tames texts and does not know inherited names as aspects', () => {
    const { agent, ...rest } = detailsOf({ agent: { value: { hostName: 'a\u202eb', interfaces: 'none' } }, constructor: {}, toString: {} });
    expect(agent?.value).toMatchObject({ hostName: 'a\ufffdb', interfaces: [] });
    expect(rest).toEqual({});
  });
});

describe('metrics', () => {
  it('reads when and how much, and leaves out what is neither', () => {
    const { series } = metrics.parse({ series: [{ figure: 'cpu', points: [[1, 0.5, 0.4, 0.6], ['x'], [2, 0.7]] }] });
    expect(series).toEqual([{ figure: 'cpu', points: [[1, 0.5], [2, 0.7]] }]);
  });
});

describe('inertLine', () => {
  it.each([
    ['\u001b[31mred\u001b[0m and \u001b[1;4mloud', 'red and loud'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['10%\r50%\r100%\r', '100%'],
    ['a\u0000b\u0008c', 'a\ufffdb\ufffdc'],
    ['\u202egpj.exe', '\ufffdgpj.exe'],
    ['a\tb', 'a    b'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('makes %j into %j', (raw, shown) => {
    expect(inertLine(raw)).toBe(shown);
  });
  it('cuts a line without end', () => {
    expect(inertLine('x'.repeat(90_000))).toHaveLength(4_001);
  });
});
