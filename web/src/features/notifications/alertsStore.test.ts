import { describe, expect, it } from 'vitest';
import { readAlertChoice, useAlertsStore } from './alertsStore';

const nobodyAsked = { sound: false, notify: false, quiet: { on: false, from: '22:00', to: '07:00' } };

describe('the choice of alerts', () => {
  it('is silence until somebody asks, whatever was kept', () => {
    for (const text of [undefined, '', 'null', '[]', '"x"', '{"sound":1,"quiet":{"from":"25:00"}}']) expect(readAlertChoice(text), text).toEqual(nobodyAsked);
  });
  it('is kept on this device', () => {
    useAlertsStore.getState().choose({ sound: true, quiet: { on: true, from: '23:00', to: '06:30' } });
    expect(readAlertChoice(localStorage.getItem('jarvis.alerts') ?? undefined)).toEqual({ sound: true, notify: false, quiet: { on: true, from: '23:00', to: '06:30' } });
  });
});
