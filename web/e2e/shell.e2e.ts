import { describe, expect, it } from 'vitest';
import { modeNames } from '../src/design/tokens';
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
      await expect.poll(() => stage.page.locator('[data-plate=critical], [data-plate=warning]').count()).toBe(0);
      seen.push(await skeleton());
      await stage.visitor.picture(`wide-${name.toLowerCase()}`);
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

describe('the palette', () => {
  const field = () => stage.page.getByRole('combobox');
  const open = async (query: string) => {
    await stage.page.keyboard.press('Control+k');
    await field().waitFor();
    await stage.page.keyboard.type(query);
  };
  /** What a screen reader is told is chosen. */
  const told = () =>
    field().evaluate((input) => {
      const row = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
      return row?.getAttribute('aria-selected') === 'true' ? (row.querySelector('.pl')?.textContent ?? '') : '';
    });

  it('reaches every tool of the catalogue by keyboard: the tool, its target, then the ordinary way to consent', async () => {
    for (const [tool, target, ends] of [
      ['stop_vm', 'home-assistant', 'Hold to run'],
      ['delete_vm', 'win11', 'Type win11-lab'],
      ['snapshot_vm', 'truenas', 'Continue'],
      ['stop_container', 'pihole', 'Hold to run'],
      ['get_vms', 'opnsense', '"running"'],
      ['get_node_status', 'cinder', 'arguments'],
    ] as const) {
      await open(`>${tool}`);
      await expect.poll(() => stage.page.getByRole('option').count()).toBe(1);
      await stage.page.keyboard.press('Enter');
      await expect.poll(told).not.toBe('');
      await stage.page.keyboard.type(target);
      await expect.poll(told).toContain(target);
      await stage.page.keyboard.press('Enter');
      if (tool === 'stop_vm') {
        await stage.page.getByRole('option', { name: 'Hard stop' }).waitFor();
        expect(await told()).toBe('Shut down');
        await stage.page.keyboard.press('Enter');
      }
      if (tool === 'get_node_status') await stage.page.locator('.toast').waitFor();
      else await stage.page.locator('dialog.sheet').getByText(ends, { exact: false }).first().waitFor();
      await stage.page.keyboard.press('Escape');
      await stage.page.locator('dialog').waitFor({ state: 'detached' });
    }
    expect(stage.server.actions.map(({ tool }) => tool)).not.toContain('stop_vm');
  });

  it('runs what a screen reader was told is chosen, and asks for consent as everywhere', async () => {
    await open('@home-assistant');
    await expect.poll(told).toContain('home-assistant');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('option', { name: 'Snapshot' }).waitFor();
    for (let step = 0; (await told()) !== 'Shut down' && step < 9; step++) await stage.page.keyboard.press('ArrowDown');
    expect(await violations(stage.page)).toEqual([]);
    await stage.page.keyboard.press('Enter');
    await stage.page.locator('dialog.sheet').getByText('home-assistant on beacon shuts down.').waitFor();
    expect(stage.server.actions).toEqual([]);
  });

  it('shows what cannot be done, with its reason, and does not do it', async () => {
    await open('>wake_node');
    await stage.page.getByText('No host can send the packet.').waitFor();
    await stage.page.keyboard.press('Enter');
    await expect.poll(() => stage.page.getByRole('option', { name: 'Wake a node' }).getAttribute('aria-disabled')).toBe('true');
    await stage.page.keyboard.press('Escape');
    await open('@opnsense');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('opnsense is protected: no action may stop or remove it.').first().waitFor();
  });

  it('finds problems and guests, brings them under the hand, and takes back a step by Escape', async () => {
    stage.server.crash('pve:home:guest:160');
    await stage.page.locator('[data-problem]').waitFor();
    await open('#postgres');
    await stage.page.keyboard.press('Enter');
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.closest('[data-problem]') !== null)).toBe(true);
    await open('@truenas');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('option', { name: 'Show it' }).waitFor();
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.type('@truenas');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('option', { name: 'Show it' }).waitFor();
    await stage.page.keyboard.press('Enter');
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.textContent)).toBe('truenas');
    expect(await stage.page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
  });

  it('says honestly that nothing was found and offers to ask, which goes into the field of the chat and no further', async () => {
    await stage.page.locator('[data-list=nodes] button.nm').first().focus();
    await open('why is it warm');
    await stage.page.getByText('Nothing is called “why is it warm”.').waitFor();
    await expect.poll(told).toBe('Ask Jarvis: “why is it warm”');
    await stage.page.keyboard.press('Escape');
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('atlas');
    await open('?why is it warm');
    await expect.poll(told).toBe('Ask Jarvis: “why is it warm”');
    await stage.page.keyboard.press('Enter');
    await expect.poll(() => stage.page.locator('#chat-input').inputValue()).toBe('why is it warm');
    expect(await stage.page.evaluate(() => document.activeElement?.id)).toBe('chat-input');
    expect(stage.server.chat.heard).toEqual([]);
  });
});

describe('the columns', () => {
  const width = async (id: string) => Math.round((await stage.page.locator(id).boundingBox())?.width ?? 0);

  it('are as wide as drawn, are moved by drag and arrow keys, and stay so on this device at this breakpoint', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    await expect.poll(() => width('#left')).toBe(404);
    const edge = stage.page.getByRole('separator', { name: 'Width of the resources column' });
    await edge.focus();
    await stage.page.keyboard.press('ArrowRight');
    await stage.page.keyboard.press('ArrowRight');
    await expect.poll(() => width('#left')).toBe(436);
    const box = await edge.boundingBox();
    await stage.page.mouse.move((box?.x ?? 0) + 4, 300);
    await stage.page.mouse.down();
    await stage.page.mouse.move(508, 300, { steps: 4 });
    await stage.page.mouse.up();
    await expect.poll(() => width('#left')).toBe(500);
    await stage.page.reload();
    await stage.page.locator('.node').first().waitFor();
    await expect.poll(() => width('#left')).toBe(500);
    await stage.page.setViewportSize({ ...SIZES.laptop });
    await expect.poll(() => width('#left')).toBe(344);
  });

  it('fold the terminals to a rail, from which T brings them back with the way to open one', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    await expect.poll(() => width('#terminal')).toBe(40);
    await stage.page.keyboard.press('t');
    await expect.poll(() => width('#terminal')).toBe(452);
    await stage.page.locator('#terminal').getByRole('button', { name: 'atlas' }).click();
    await stage.page.getByRole('heading', { name: 'Open a terminal' }).waitFor();
    await stage.page.keyboard.press('Escape');
    await stage.page.setViewportSize({ ...SIZES.laptop });
    expect((await stage.page.locator('#centre').boundingBox())?.width).toBeGreaterThan(800);
    expect(await violations(stage.page)).toEqual([]);
    await stage.page.keyboard.press('t');
    await expect.poll(() => width('#terminal')).toBe(40);
  });
});

describe('one column', () => {
  it.each([['phone', SIZES.phone], ['tablet', { width: 900, height: 1100 }]] as const)('has every view behind a tab, and nothing hidden or cut off, on a %s', async (_, size) => {
    await stage.page.setViewportSize({ ...size });
    const tab = (name: string) => stage.page.getByRole('navigation').getByRole('button', { name });
    const seen = (selector: string) => stage.page.locator(selector).isVisible();
    for (const [name, shown, hidden] of [['Guests', '.guests', '.problems'], ['Jarvis', '#activity', '.guests'], ['Terminal', '#terminal', '.term-rail'], ['Status', '.hero', '#terminal']] as const) {
      await tab(name).click();
      await expect.poll(() => tab(name).getAttribute('aria-current')).toBe('page');
      expect([await seen(shown), await seen(hidden)]).toEqual([true, false]);
      if (name === 'Guests') expect(await violations(stage.page)).toEqual([]);
    }
    const cut = await stage.page.locator('.top :is(button, dd), .tb button').evaluateAll((elements) => elements.filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > window.innerWidth).map(({ textContent }) => textContent));
    expect(cut).toEqual([]);
    await tab('More').click();
    await stage.page.getByRole('dialog').getByRole('radio', { name: 'MINIMAL' }).click();
    expect(await mode()).toBe('minimal');
    expect(await violations(stage.page)).toEqual([]);
    await stage.page.getByRole('dialog').getByRole('button', { name: 'Search or command' }).click();
    await stage.page.getByRole('combobox').waitFor();
  });
});

describe('the keys', () => {
  const focused = () => stage.page.evaluate(() => {
    const element = document.activeElement;
    return element?.closest('#left, #activity, #chat, #terminal, #top, #centre')?.id ?? element?.tagName;
  });

  it('go round the regions and into the columns', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 7; step++) {
      await stage.page.keyboard.press('F6');
      seen.push(await focused());
    }
    expect(seen).toEqual(['left', 'centre', 'activity', 'chat', 'terminal', 'top', 'left']);
    await stage.page.keyboard.press('Shift+F6');
    expect(await focused()).toBe('top');
    for (const [key, id] of [['3', 'terminal'], ['2', 'centre'], ['1', 'left']] as const) {
      await stage.page.keyboard.press(key);
      expect(await focused()).toBe(id);
    }
  });

  it('hold everything still, and say so', async () => {
    await stage.page.setViewportSize({ ...SIZES.wide });
    const running = () => stage.page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    await expect.poll(running).toBeLessThanOrEqual(3);
    const order = () => stage.page.locator('[data-list=guests] button.nm').allTextContents();
    await stage.page.getByRole('button', { name: /^CPU %/ }).click();
    await stage.page.mouse.move(1_000, 400);
    await stage.page.locator('#centre').focus();
    await stage.page.keyboard.press('p');
    await stage.page.getByText('HELD STILL').waitFor();
    await expect.poll(running).toBe(0);
    const held = await order();
    stage.server.change('pve:home:guest:111', { cpu: 0.97 });
    await stage.page.locator('div[data-ref="pve:home:guest:111"]').getByText('97', { exact: true }).waitFor();
    await stage.page.waitForFunction((since) => Date.now() > since + 1_500, Date.now());
    expect(await order()).toEqual(held);
    await stage.page.keyboard.press('p');
    await expect.poll(async () => (await order())[0]).toBe('nginx-proxy');
    await expect.poll(() => stage.page.getByText('HELD STILL').count()).toBe(0);
  });

  it('are listed, changed and switched off', async () => {
    await stage.page.keyboard.press('?');
    const sheet = stage.page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    expect(await violations(stage.page)).toEqual([]);
    const change = stage.page.locator('[data-key-of=mode] button');
    await change.click();
    await stage.page.keyboard.press('u');
    await sheet.locator('.fault', { hasText: 'U is taken by “Undo your last action”.' }).waitFor();
    await stage.page.keyboard.press('w');
    await expect.poll(() => stage.page.locator('[data-key-of=mode] kbd').textContent()).toBe('W');
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('m');
    expect(await mode()).toBe('jarvis');
    await stage.page.keyboard.press('w');
    expect(await mode()).toBe('ops');
    await stage.page.keyboard.press('?');
    await sheet.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
    await stage.page.keyboard.press('Escape');
    for (const key of ['w', '?', 'p', '1', ',']) await stage.page.keyboard.press(key);
    expect([await mode(), await stage.page.getByRole('dialog').count(), await stage.page.getByText('HELD STILL').count()]).toEqual(['ops', 0, 0]);
    await stage.page.keyboard.press('Control+Alt+h');
    await expect.poll(() => stage.server.safety.guardrails.halted).toBe(true);
  });
});

describe('the top bar', () => {
  it('keeps HALT and the settings on the screen at every width, with all that it ever shows', async () => {
    const { page, server } = stage;
    await page.setViewportSize({ ...SIZES.wide });
    server.crash('pve:home:guest:102');
    await page.locator('[data-total="Problems"] [data-plate]').waitFor();
    // The courses beside the totals take three points, five seconds apart.
    await page.locator('.vit .spark').first().waitFor({ timeout: 30_000 });
    const cut: string[] = [];
    for (const mode of modeNames) {
      await page.evaluate((wanted) => { document.documentElement.dataset['mode'] = wanted; }, mode);
      for (let width = 1_024; width <= 1_920; width += 64) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        for (const name of ['HALT', 'Settings', 'Sign out']) {
          const button = page.locator('.top').getByRole('button', { name, exact: true });
          // Where there is little room only the settings have it.
          if (name === 'Sign out' && width <= 1_200 && (await button.count()) === 0) continue;
          const box = await button.boundingBox();
          if (!box || box.x + box.width > width) cut.push(`${name} at ${String(width)} in ${mode}`);
        }
      }
    }
    expect(cut).toEqual([]);
  });
});
