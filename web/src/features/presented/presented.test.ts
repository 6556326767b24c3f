import { describe, expect, it } from 'vitest';
import { drawings, readPresented } from './presented';

const series = [{ ref: 'pve:home:node:pve1', figure: 'cpu' }];

describe('readPresented', () => {
  it('knows charts of named figures, and none of others', () => {
    expect(readPresented({ show: 'chart', title: 'CPU', series, minutes: 360 })).toMatchObject({ minutes: 360, series });
    expect(readPresented({ show: 'chart', title: 'CPU', series, minutes: 1e9 })).toMatchObject({ minutes: 60 });
    expect(readPresented({ show: 'chart', title: 'x', series: [{ ref: 'pve:home:node:pve1', figure: 'constructor' }] })).toBeUndefined();
    expect(readPresented({ show: 'chart', title: 'x', series: [{ ref: 'https://evil/x', figure: 'cpu' }] })).toBeUndefined();
    expect(readPresented({ show: 'chart', title: 'x', series: [] })).toBeUndefined();
  });
  it('makes all texts inert and bounds what there may be of them', () => {
    const table = readPresented({ show: 'table', title: '\u202ex'.repeat(200), columns: ['a'], rows: Array.from({ length: 900 }, () => ['<b>\u0000', 3, null]) });
    if (table?.show !== 'table') throw new Error('no table');
    expect(table.title).toMatch(/^\ufffdx.*…$/);
    expect(table.rows).toMatchObject({ all: 900 });
    expect(table.rows.shown).toHaveLength(500);
    expect(table.rows.shown[0]).toEqual(['<b>\ufffd', 3, null]);
    expect(readPresented({ show: 'log', title: 'l', lines: ['\u001b[31mred'] })).toMatchObject({ lines: ['red'] });
  });
  it('knows plans, of which it takes the words alone', () => {
    expect(readPresented({ show: 'plan', title: 'Tidy up', steps: [{ title: 'Stop\u0000 it', detail: 'gently', tool: 'stop_vm' }, { title: 'Look' }] })).toEqual({ show: 'plan', title: 'Tidy up', steps: [{ title: 'Stop\ufffd it', detail: 'gently' }, { title: 'Look' }] });
    expect(readPresented({ show: 'plan', title: 'x', steps: [] })).toBeUndefined();
  });
  it('shows nothing that it does not know', () => {
    for (const odd of [undefined, 'html', { show: 'html', title: 'x', html: '<b>' }, { show: 'table', title: 'x', columns: ['a'], rows: [[{}]] }, { show: 'resource', title: 'x', ref: 'javascript:alert(1)/' }]) expect(readPresented(odd)).toBeUndefined();
  });
});

describe('drawings', () => {
  it('puts what is measured alike into one drawing', () => {
    const of = (figure: 'cpu' | 'netIn' | 'netOut') => ({ ref: 'pve:home:guest:1', figure });
    expect(drawings([of('cpu'), of('netIn'), of('netOut')]).map(({ unit, series: members }) => [unit, members.length])).toEqual([['share', 1], ['rate', 2]]);
  });
});
