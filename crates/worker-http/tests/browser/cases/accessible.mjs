// axe finds no serious fault, no page scrolls sideways, motion is not forced; pictures of each width are left to look at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../../report-view/tests/browser/browser.mjs';

const axe = readFileSync(new URL('../../../../report-view/tests/browser/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export const variables = { WORKER_SECRET: 'right horse' };

async function faults(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`)));
  assert.deepEqual(found, [], what);
}

const room = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function everyWidth(page, name, pictures) {
  for (const [width, height, colorScheme] of [[360, 740, 'dark'], [360, 740, 'light'], [768, 900, 'light'], [1440, 900, 'dark'], [1440, 900, 'light']]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    assert.ok(await room(page) <= 0, `${name} at ${width} scrolls sideways`);
    await faults(page, `${name} at ${width}, ${colorScheme}`);
  }
}

export default async function accessible({ open, hold, heard, pictures, address }) {
  const page = await open();
  await everyWidth(page, 'login', pictures);
  await page.getByLabel('Secret of this worker').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await faults(page, 'a wrong secret');
  heard.length = 0;
  await page.getByLabel('Secret of this worker').fill('right horse');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${address}/`);
  await everyWidth(page, 'empty', pictures);

  for (const ticker of ['NWND', 'NWND-B', 'NWNX']) {
    await page.getByLabel('Start a report by ticker').fill(ticker);
    await page.keyboard.press('Enter');
    await until(page, `${ticker} ended`, ticker => [...document.querySelectorAll('#jobs .job:not([data-events])')].some(job => job.querySelector('h3').firstChild.textContent.trim() === ticker), ticker);
  }
  const release = hold('CIK0009908812');
  const other = hold('CIK0009907731');
  for (const ticker of ['BRKD', 'CRVM', 'NWX']) {
    await page.getByLabel('Start a report by ticker').fill(ticker);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#j-/);
    await page.getByRole('button', { name: `Cancel ${ticker}` }).waitFor();
  }
  await until(page, 'two run and one waits', () => document.querySelector('#busy').textContent === '2 running, 1 waiting');
  await everyWidth(page, 'busy', pictures);
  await page.getByLabel('Start a report by ticker').fill('?!');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await everyWidth(page, 'no-ticker', pictures);
  heard.length = 0;

  // From the top by keyboard alone.
  await page.goto(`${address}/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  const passed = [];
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Tab');
    passed.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent));
  }
  assert.deepEqual(passed.slice(0, 3), ['Log out', 'ticker', 'Compare filings']);
  assert.ok(passed.some(id => id.startsWith('cancel-')), `${passed}`);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter(element => {
    const { animationName, transitionDuration } = getComputedStyle(element);
    return animationName !== 'none' || parseFloat(transitionDuration) > 0;
  }).length);
  assert.equal(moving, 0, 'nothing moves where motion is not wanted');
  release();
  other();
}
