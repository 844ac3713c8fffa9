// Without script everything can be read, filtered and opened; what needs script is not shown.
import assert from 'node:assert/strict';
import { filter, press, visible } from '../browser.mjs';

export default async function withoutScript({ open }) {
  const page = await open('sample.html', { javaScriptEnabled: false });
  assert.equal(await visible(page, '.js'), 0, 'search, next and side by side');
  assert.ok(await page.locator('[id="c-1A-1"] ins').first().isVisible());
  await press(filter(page, '#i-1A', 'Removed'));
  assert.equal(await visible(page, '#i-1A .chg.a[id^="c-"]:not(.kd)'), 0);
  assert.ok(await page.locator('#i-1A .chg.d').first().isVisible());
  await press(filter(page, '#i-1A', 'All'));
  await press(page.locator('#i-1A .un summary').first());
  assert.ok(await page.locator('#i-1A .un p').first().isVisible());
  await press(page.locator('.toc a[href="#i-9"]'));
  assert.ok((await page.locator('#i-9').boundingBox()).y < 900);
  await press(page.locator('.disp summary'));
  await press(page.locator('.disp label', { hasText: 'Dark' }));

  const history = await open('history.html', { javaScriptEnabled: false });
  assert.ok(await history.locator('#i-1A g.me').isVisible());
  await press(history.locator('.meas label', { hasText: 'Cosine' }));
  assert.ok(!await history.locator('#i-1A g.me').isVisible());
  assert.ok(await history.locator('#i-1A td.mc').first().isVisible());
}
