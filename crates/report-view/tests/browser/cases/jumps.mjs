// A quotation opens the change it comes from, frames it, marks its words, and a filter that hides it goes back to All.
import assert from 'node:assert/strict';
import { press, until } from '../browser.mjs';

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
    await press(quote);
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
  await press(moved.locator('.go a'));
  await until(page, 'the old place', () => location.hash.startsWith('#m-'));
  await press(page.locator('.chg.mf .go a').first());
  await until(page, 'the new place', () => document.querySelector('.chg.v').classList.contains('cur'));

  // A link of a signal.
  await press(page.locator('.sig a.s').first());
  await until(page, 'the change of a signal', () => document.querySelector('.cur')?.id === 'c-9-2');

  // A heading far down in a long Item, past much that was not laid out yet; then its address alone, then from behind a filter.
  const long = await open('long.html');
  const near = id => until(long, `${id} is at the top of the screen`, id => {
    const top = document.getElementById(id).getBoundingClientRect().top;
    return top >= 0 && top < innerHeight * .4;
  }, id);
  for (const id of ['h-1A-50', 'h-1A-7', 'h-1A-33']) {
    await press(long.locator(`.tree a[href="#${id}"]`));
    await long.waitForTimeout(600);
    await near(id);
    assert.equal(await long.evaluate(() => document.activeElement.id), id);
  }
  await until(long, 'the contents follow', () => document.querySelector('.toc [aria-current]')?.hash === '#i-1A');
  const addressed = await open('long.html', { hash: '#c-1A-120' });
  await addressed.waitForTimeout(600);
  await until(addressed, 'a change by its address', () => {
    const { top, bottom } = document.querySelector('.cur').getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const filtered = await open('sample.html');
  await filtered.evaluate(() => { document.querySelector('#i-1A .filters [value=v]').checked = true; });
  await press(filtered.locator('#i-1A .tree a').last());
  await until(filtered, 'a heading behind a filter', () => document.activeElement.matches('#i-1A :is(h3,h4,h5)') && document.activeElement.getClientRects().length);
}
