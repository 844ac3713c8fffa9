// A filter shows one kind, keeps its headings, and its button says how many there are.
import assert from 'node:assert/strict';
import { filter, press, until, visible } from '../browser.mjs';

const KINDS = { a: 'New', d: 'Removed', m: 'Modified', v: 'Moved', f: 'Figures only' };

export default async function filters({ open }) {
  const page = await open('sample.html');
  const item = '#i-1A';
  const total = await page.locator(`${item} .chg[id^="c-"], ${item} .fig>li`).count();
  let sum = 0;
  for (const [kind, word] of Object.entries(KINDS)) {
    const button = filter(page, item, word);
    const told = Number((await button.locator('span').innerText()).replace(',', ''));
    await press(button);
    const rows = kind === 'f' ? `${item} .fig>li` : `${item} .chg.${kind}[id^="c-"]`;
    assert.equal(await visible(page, rows), told, `${word}: the button and what is shown`);
    // A heading that changed otherwise may stay above what is shown; anything else is another kind.
    const others = await page.locator(`${item} .chg[id^="c-"]:not(.${kind}):not(.k${kind})`).filter({ visible: true }).count();
    assert.equal(others, 0, `${word}: other kinds are hidden`);
    assert.equal(await visible(page, `${item} .un`), 0, `${word}: unchanged text is hidden`);
    sum += told;
  }
  assert.equal(sum, total, 'the counts add up to all');
  assert.equal(await visible(page, '#i-3 .un'), 1, 'other Items are as they were');

  const inAll = await page.locator('.pos').innerText();
  await press(filter(page, item, 'All'));
  await until(page, 'All counts every change again', before => document.querySelector('.pos').textContent !== before, inAll);
  assert.equal(await visible(page, '#i-9 .filters label'), 3, 'a kind with no change has no button');
}
