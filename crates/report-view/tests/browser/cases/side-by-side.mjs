// Both readings beside each other, made when a change comes near; on a phone there is no such thing.
import assert from 'node:assert/strict';
import { press, until, visible } from '../browser.mjs';

export default async function sideBySide({ open }) {
  const page = await open('sample.html');
  assert.equal(await page.locator('.cols').count(), 0, 'nothing is made before it is asked for');
  await press(page.locator('.view label', { hasText: 'Side by side' }));
  await page.locator('[id="c-1A-1"]').scrollIntoViewIfNeeded();
  await until(page, 'columns of the change', () => document.querySelector('[id="c-1A-1"] .cols'));
  const [older, newer] = await page.locator('[id="c-1A-1"] .cols>div').allInnerTexts();
  assert.match(older, /for two to three quarters\.$/);
  assert.match(newer, /for four to six quarters\.$/);
  assert.ok(!older.includes('June 2025') && !newer.includes('40%'));
  const boxes = await Promise.all([0, 1].map(at => page.locator('[id="c-1A-1"] .cols>div').nth(at).boundingBox()));
  assert.ok(boxes[1].x > boxes[0].x + boxes[0].width, 'they stand beside each other');
  assert.equal(boxes[0].y, boxes[1].y);
  await until(page, 'what is new has nothing beside it', () => document.querySelector('[id="c-1A-2"] .nil')?.textContent === 'Not in this filing.');
  assert.equal(await page.locator('[id="c-1A-1"] .t>p').filter({ visible: true }).count(), 0, 'the inline text gives way');

  await press(page.locator('.view label', { hasText: 'Inline' }));
  assert.equal(await visible(page, '.cols'), 0);
  assert.ok(await page.locator('[id="c-1A-1"] .t>p').first().isVisible());

  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok(!await page.locator('.view').isVisible(), 'not offered on a phone');
}
