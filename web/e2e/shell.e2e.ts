import { describe, expect, it } from 'vitest';
import { SIZES } from './browser';
import { staged, violations } from './fixturePage';

/** The frame around everything: modes, palette, columns, keys. */
const stage = staged();

/** Everything that can be reached and every landmark, in order, without what only says how it stands. */
const skeleton = () =>
  stage.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header, nav, main, aside, footer, section, button, input, [tabindex]')]
      .filter((element) => element.checkVisibility() && !element.closest('[role=radiogroup]'))
      .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? ''} ${element.tabIndex.toString()}`),
  );
const mode = () => stage.page.evaluate(() => document.documentElement.dataset['mode']);

describe('modes', () => {
  it('changes nothing but how things look, and a healthy cluster has no filled plate in any', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    const seen: string[][] = [];
    for (const name of ['JARVIS', 'OPS', 'MINIMAL']) {
      await stage.page.getByRole('radio', { name }).click();
      expect(await mode()).toBe(name.toLowerCase());
      expect(await stage.page.locator('[data-plate=critical], [data-plate=warning]').count()).toBe(0);
      seen.push(await skeleton());
      await stage.visitor.picture(`wide-${name.toLowerCase()}`);
      expect(await violations(stage.page)).toEqual([]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('is remembered on this device, and changed by M or from a menu', async () => {
    await stage.page.keyboard.press('m');
    expect(await mode()).toBe('ops');
    await stage.page.getByRole('button', { name: 'Mode: OPS' }).click();
    await stage.page.keyboard.press('ArrowDown');
    await stage.page.keyboard.press('Enter');
    expect(await mode()).toBe('minimal');
    await stage.page.reload();
    await stage.page.getByRole('button', { name: 'Mode: MINIMAL' }).waitFor();
    expect(await mode()).toBe('minimal');
  });
});
