// A report from the form to its page: progress comes by itself, nothing is reloaded.
import assert from 'node:assert/strict';
import { until } from '../../../../report-view/tests/browser/browser.mjs';

const NEWER = '000990411726000011';

export default async function report({ open, hold }) {
  const release = hold(NEWER);
  const page = await open();
  assert.ok(await page.getByText('No jobs yet').isVisible() && await page.getByText('No reports yet').isVisible());
  await page.getByLabel('Start a report by ticker').fill('nwnd');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#j-/);
  await page.evaluate(() => { window.same = true; });

  const job = page.locator('#jobs .job');
  await until(page, 'the stage is shown', () => /^Fetching the (newer|older) filing/.test(document.querySelector('.job .step')?.textContent));
  assert.equal(await job.locator('[aria-current=step]').getAttribute('data-stage'), 'Fetching');
  assert.match(await page.locator('#busy').innerText(), /^1 running, 0 waiting$/);
  release();
  await until(page, 'the report is ready', () => [...document.querySelectorAll('#jobs a')].some(link => link.textContent.startsWith('Open the report')));
  await until(page, 'it is said', () => document.querySelector('#said').textContent === 'NWND: the report is ready');
  assert.equal(await page.locator('#reports tbody tr').count(), 1);
  assert.equal(await page.locator('#count').innerText(), '1 report');
  assert.ok(await page.evaluate(() => window.same), 'the page is the same');

  await page.getByRole('link', { name: 'Open the report' }).click();
  assert.equal(await page.locator('h1').innerText(), 'Northwind Instruments, Inc.');
  await page.keyboard.press('j');
  await until(page, 'the script of the report runs', () => document.querySelector('.cur'));
  await page.goBack();

  await page.getByRole('link', { name: 'History of NWND' }).click();
  assert.match(await page.title(), /over the years/);
  await page.goBack();

  // Typed, a search narrows what is shown; sent, the worker searches all.
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
  await page.keyboard.type('northw');
  assert.equal(await page.locator('#count').innerText(), '1 report');
  await page.keyboard.type('x');
  assert.equal(await page.locator('#count').innerText(), '0 reports');
  await page.locator('#find').fill('NWND');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?ticker=NWND/);
  assert.equal(await page.locator('#count').innerText(), '1 report');

  // What comes to nothing says why.
  await page.getByLabel('Start a report by ticker').fill('nwnx');
  await page.getByRole('button', { name: 'Compare filings' }).click();
  await until(page, 'the failure is told', () => document.querySelector('.fail')?.textContent.includes('No company has the ticker NWNX'));
  assert.ok(await page.getByRole('button', { name: 'Try again with NWNX' }).isVisible());

  // Somebody thinks better of it.
  const never = hold(NEWER);
  const other = hold('000990881');
  await page.getByLabel('Start a report by ticker').fill('brkd');
  const held = hold('CIK0009908812');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel BRKD' }).click();
  await until(page, 'it is cancelled', () => /BRKD[^]*Cancelled\./.test(document.querySelector('#jobs').textContent));
  [never, other, held].forEach(free => free());
}
