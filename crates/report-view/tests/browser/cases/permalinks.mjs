// Every change has an address: opened with it, the page shows and frames that change, even a folded one.
import assert from 'node:assert/strict';
import { press, until } from '../browser.mjs';

export default async function permalinks({ open }) {
  const folded = 'c-7-7';
  const page = await open('sample.html', { hash: `#${folded}` });
  await until(page, 'the addressed change is framed', id => document.getElementById(id).classList.contains('cur'), folded);
  assert.ok(await page.locator(`[id="${folded}"]`).isVisible());

  for (const id of ['c-1A-1', 'c-9-2']) {
    await press(page.locator(`[id="${id}"] .tag a`));
    assert.equal(await page.evaluate(() => location.hash), `#${id}`);
    await until(page, `${id} is framed`, id => document.getElementById(id).classList.contains('cur'), id);
  }
  await page.goBack();
  await until(page, 'Back frames the change before', () => document.querySelector('.cur')?.id === 'c-1A-1');
  const links = await page.locator('.chg[id^="c-"] .tag a, .fig>li a.no').count();
  assert.equal(links, await page.locator('.chg[id^="c-"], .fig>li').count(), 'each change has its link');
}
