// Search covers both filings in reading order and opens what it finds.
import assert from 'node:assert/strict';
import { filter, press, until } from '../browser.mjs';

const now = page => page.evaluate(() => [...(CSS.highlights.get('searchnow') ?? [])].map(range => range.toString()).join(''));

async function find(page, words, answer) {
  await page.locator('#q').fill(words);
  await until(page, `${words}: ${answer}`, answer => document.querySelector('#hits').textContent === answer, answer);
}

export default async function search({ open }) {
  const page = await open('sample.html');
  // In unchanged text, which is closed.
  await find(page, 'larger companies', '1 match');
  await page.keyboard.press('Enter');
  await until(page, 'unchanged text is opened', () => [...document.querySelectorAll('.un[open]')].some(run => run.textContent.includes('larger companies')));
  assert.equal(await now(page), 'larger companies');
  // Words of the older filing alone, across a mark, and behind a filter.
  await press(filter(page, '#i-1A', 'Moved'));
  await find(page, 'quarters', '2 matches');
  await page.keyboard.press('Enter');
  await until(page, 'the filter gives way', () => document.querySelector('#i-1A [value=all]').checked);
  await find(page, 'for two to three quarters', '1 match');
  await page.keyboard.press('Enter');
  assert.equal((await now(page)).replace(/\s+/g, ''), 'fortwotothreequarters', 'the older reading');
  await find(page, 'for four to six quarters', '1 match');
  // A row of a table, a letter in another case, and nothing.
  await find(page, 'supplier PREPAYMENTS', '1 match');
  await find(page, 'no such words', '0 matches');
  await page.keyboard.press('Enter');
  // Round and round.
  await find(page, 'foundry', '5 matches');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#hits').innerText(), '1 of 5');
  await page.keyboard.press('Shift+Enter');
  assert.equal(await page.locator('#hits').innerText(), '5 of 5');
}
