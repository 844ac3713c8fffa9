// j k / s u ? Esc; never in a field, never with Ctrl.
import assert from 'node:assert/strict';
import { filter, press, until, visible } from '../browser.mjs';

const current = page => page.evaluate(() => document.querySelector('.cur')?.id);

export default async function keyboard({ open }) {
  const page = await open('sample.html');
  await page.keyboard.press('j');
  const first = await current(page);
  assert.equal(first, 'c-1A-1', 'j begins with the first change');
  await page.keyboard.press('j');
  assert.equal(await current(page), 'c-1A-2');
  assert.match(await page.locator('.pos').innerText(), /^2 of \d+$/);
  await page.keyboard.press('k');
  assert.equal(await current(page), first);
  await page.keyboard.press('k');
  assert.equal(await current(page), first, 'nothing stands before the first');
  await page.keyboard.press('Control+j');
  assert.equal(await current(page), first, 'Ctrl is the browser’s');

  await press(filter(page, '#i-1A', 'Removed'));
  await page.keyboard.press('j');
  assert.ok(await page.evaluate(() => document.querySelector('.cur').matches('.d')), 'j keeps to the filter');
  await press(filter(page, '#i-1A', 'All'));

  // Every change is reached, folded ones too.
  const changes = await page.locator('.chg[id^="c-"], .fig>li').count();
  const seen = new Set();
  for (let step = 0; step < changes; step++) await page.keyboard.press('k');
  for (let step = 0; step < changes; step++) { seen.add(await current(page)); await page.keyboard.press('j'); }
  assert.equal(seen.size, changes);

  assert.equal(await visible(page, '.un>p'), 0);
  await page.keyboard.press('u');
  assert.ok(await visible(page, '.un>p') > 0, 'u opens unchanged text');
  await page.keyboard.press('u');
  assert.equal(await visible(page, '.un>p'), 0, 'u closes it');

  await page.keyboard.press('?');
  assert.ok(await page.locator('.disp .keys').isVisible(), '? shows the keys');
  await page.keyboard.press('Escape');
  assert.ok(!await page.locator('.disp .keys').isVisible(), 'Esc closes them');

  await page.keyboard.press('s');
  assert.ok(await page.locator('#v-side').isChecked(), 's is side by side');
  await page.keyboard.press('s');
  assert.ok(await page.locator('#v-in').isChecked());

  const before = await current(page);
  await page.keyboard.press('/');
  await page.keyboard.type('jku?');
  assert.equal(await page.locator('#q').inputValue(), 'jku?', 'letters in a field are letters');
  assert.equal(await current(page), before);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#q').inputValue(), '');

  // By Tab alone: the first stop leads past the head, and what has the focus shows it.
  await page.goto(page.url().split('#')[0]);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  for (let stop = 0; stop < 25; stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      const framed = [element, element.parentElement].some(of => getComputedStyle(of).outlineStyle !== 'none');
      return framed || element.matches('.chg,.fig>li') ? '' : element.outerHTML.slice(0, 120);
    });
    assert.equal(seen, '', 'the focus is seen');
  }
  await until(page, 'the page still answers', () => true);
}
