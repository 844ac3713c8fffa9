// No page scrolls sideways, everything opened or not; pictures of each width are left in the folder to look at.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { press } from '../browser.mjs';

const FILES = ['sample.html', 'incomplete.html', 'unchanged.html', 'hostile.html', 'wide.html', 'history.html'];

const tooWide = page => page.evaluate(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return '';
  const wide = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > room + 1 && !element.closest('.scroll,.vh,svg'));
  return `${document.documentElement.scrollWidth} px: ${wide.slice(-3).map(element => element.outerHTML.slice(0, 120)).join(' | ')}`;
});

export default async function widths({ open, folder }) {
  for (const file of FILES) {
    const page = await open(file);
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.reload();
      await page.screenshot({ path: join(folder, `${file.replace('.html', '')}-${width}.png`) });
      assert.equal(await tooWide(page), '', `${file} at ${width}`);
      await page.evaluate(() => document.querySelectorAll('details').forEach(fold => { fold.open = true; }));
      assert.equal(await tooWide(page), '', `${file} at ${width}, all opened`);
      const side = page.locator('.view label', { hasText: 'Side by side' });
      if (await side.isVisible()) {
        await press(side);
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
        assert.equal(await tooWide(page), '', `${file} at ${width}, side by side`);
      }
    }
    await page.context().close();
  }
  const phone = await open('sample.html', { width: 360, height: 740 });
  const thumb = await phone.locator('#next').boundingBox();
  assert.ok(thumb.y > 640 && thumb.height >= 44, 'next is at the thumb');
}
