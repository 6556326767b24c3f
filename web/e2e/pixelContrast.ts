import type { Page } from 'playwright-core';

/** A text on the screen whose colour does not stand out enough from the pixels that are really behind it. */
export interface FaintText {
  text: string;
  ratio: number;
  needed: number;
}

interface Text {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: string;
  size: number;
  weight: number;
  text: string;
}

/** The share of a text's pixels that may be worse: an underline or a neighbour's edge reaches into its box. */
const TOLERATED = 0.05;
const MOST_TURNS = 10;
const BARE = '* { -webkit-text-fill-color: transparent !important; text-shadow: none !important } svg text { fill: transparent !important }';

/** Every text that is whole on the screen, and where. */
async function visibleTexts(page: Page): Promise<Text[]> {
  return page.evaluate((): Text[] => {
    const found: Text[] = [];
    const cut = (of: Element, box: DOMRect): boolean => {
      for (let around: Element | null = of; around; around = around.parentElement) {
        const edge = around.getBoundingClientRect();
        if (getComputedStyle(around).overflowY !== 'visible' && (box.top < edge.top || box.bottom > edge.bottom)) return true;
      }
      return false;
    };
    /** What is left of a text where something around it cuts it off at the side, as with an ellipsis. */
    const uncut = (of: Element, box: DOMRect): DOMRect => {
      let { left, right } = box;
      for (let around: Element | null = of; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const edge = around.getBoundingClientRect();
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
      }
      return new DOMRect(left, box.top, Math.max(0, right - left), box.height);
    };
    const forced = matchMedia('(forced-colors: active)').matches;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!parent || text === '' || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (parent.closest('script, style, noscript, [disabled], [aria-disabled="true"], [inert], .xterm')) continue;
      const style = getComputedStyle(parent);
      // The system's own colours stand out, and a script is told those of the stylesheet instead.
      if (forced && style.getPropertyValue('forced-color-adjust') !== 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const whole of range.getClientRects()) {
        const box = uncut(parent, whole);
        // What is scrolled away or lies under something else, if only in part, is brought into view before it is read.
        const corners = [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]] as const;
        const covered = corners.some(([x, y]) => {
          const there = document.elementFromPoint(x + Math.sign(box.left + box.width / 2 - x), y + Math.sign(box.top + box.height / 2 - y));
          return !there || !(parent.contains(there) || there.contains(parent));
        });
        const shown = !covered && !cut(parent, box);
        if (box.width < 4 || !shown) continue;
        found.push({
          x: box.x, y: box.y, width: box.width, height: box.height, text: text.slice(0, 40),
          colour: parent instanceof SVGElement ? style.fill : style.color,
          size: parseFloat(style.fontSize), weight: Number(style.fontWeight),
        });
      }
    }
    return found;
  });
}

/** What the screen shows without its texts. */
async function pictureWithoutTexts(page: Page): Promise<string> {
  // A constructed sheet: the page's policy lets no other style in.
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    // A picture may still show the frame before, texts and all.
    return new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));
  }, BARE);
  const picture = (await page.screenshot({ animations: 'disabled' })).toString('base64');
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
  return picture;
}

const placesOf = (texts: readonly Text[]) => texts.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join()).join(' ');

/**
 * Measures every text that is visible against a picture of the page without its texts, so that gradients, hatching and
 * scan lines count, which no stylesheet tells. Ratios and what is needed are those of WCAG 2.2, 1.4.3: 4.5, and 3 for
 * large text; controls that are switched off need none.
 */
export async function faintTexts(page: Page): Promise<FaintText[]> {
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  let texts = await visibleTexts(page);
  let picture = await pictureWithoutTexts(page);
  // A page that has just been resized or dressed anew moves for a moment: then both are taken again.
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const after = await visibleTexts(page);
    const still = placesOf(after) === placesOf(texts);
    texts = after;
    if (still) break;
    picture = await pictureWithoutTexts(page);
  }
  return page.evaluate(
    async ({ picture, texts, tolerated }) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const paint = canvas.getContext('2d');
      if (!paint) throw new Error('this browser draws nothing');
      paint.drawImage(image, 0, 0);
      const scale = image.width / innerWidth;
      const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
      const luminance = (r: number, g: number, b: number) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
      const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const colourOf = (css: string): number => {
        if (!probe) return 0;
        probe.fillStyle = css;
        probe.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
        return luminance(r, g, b);
      };
      return texts.flatMap(({ x, y, width, height, colour, size, weight, text }) => {
        const pixels = paint.getImageData(Math.floor(x * scale), Math.floor(y * scale), Math.ceil(width * scale), Math.ceil(height * scale)).data;
        const ink = colourOf(colour);
        const ratios: number[] = [];
        for (let at = 0; at + 3 < pixels.length; at += 4) {
          const behind = luminance(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
          ratios.push((Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05));
        }
        ratios.sort((a, b) => a - b);
        const ratio = ratios[Math.floor(ratios.length * tolerated)] ?? 0;
        const needed = size >= 24 || (size >= 18.66 && weight >= 700) ? 3 : 4.5;
        return ratio < needed ? [{ text, ratio: Math.round(ratio * 100) / 100, needed }] : [];
      });
    },
    { picture, texts, tolerated: TOLERATED },
  );
}
