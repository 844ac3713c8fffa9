// A quotation opens the change it comes from, frames it, marks its words, and a filter that hides it goes back to All.
import assert from 'node:assert/strict';
import { until } from '../browser.mjs';

const marked = page => page.evaluate(() => [...(CSS.highlights.get('quote') ?? [])].map(range => range.toString()).join(''));
const squeezed = text => text.replace(/[\s|]+/g, '');

export default async function jumps({ open }) {
  const page = await open('sample.html');
  const quotes = await page.locator('#minute a.q').count();
  assert.ok(quotes >= 4);
  for (let index = 0; index < quotes; index++) {
    const quote = page.locator('#minute a.q').nth(index);
    const target = (await quote.getAttribute('href')).slice(1);
    // Whatever hides the change: a filter of another kind.
    await page.evaluate(id => {
      const item = document.getElementById(id).closest('.item');
      const other = item.querySelector('.filters input:not([value=all])');
      other.checked = true;
    }, target);
    await quote.click();
    await until(page, `${target} is framed`, id => document.getElementById(id).classList.contains('cur'), target);
    const where = `#${target}`;
    assert.ok(await page.locator(`[id="${target}"]`).isVisible(), `${where} is shown`);
    assert.equal(squeezed(await marked(page)), squeezed(await quote.locator('q').textContent()), `${where}: the quoted words are marked`);
    assert.equal(await page.evaluate(() => location.hash), `#${target}`);
    assert.equal(await page.evaluate(() => document.activeElement.id), target, 'the focus goes along');
    await until(page, `${target} is on the screen`, id => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    }, target);
    await page.keyboard.press('Escape');
    assert.equal(await marked(page), '', 'Esc clears the marks');
  }

  // Both ends of moved text.
  const moved = page.locator('.chg.v').first();
  await moved.locator('.go a').click();
  await until(page, 'the old place', () => location.hash.startsWith('#m-'));
  await page.locator('.chg.mf .go a').first().click();
  await until(page, 'the new place', () => document.querySelector('.chg.v').classList.contains('cur'));

  // A link of a signal.
  await page.locator('.sig a.s').first().click();
  await until(page, 'the change of a signal', () => document.querySelector('.cur')?.id === 'c-9-2');
}
