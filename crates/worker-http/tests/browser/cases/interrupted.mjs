// A worker that goes away is told of, and when it is back the page goes on by itself.
import assert from 'node:assert/strict';
import { until } from '../../../../report-view/tests/browser/browser.mjs';

export const variables = { LEASE_SECONDS: '5' };

export default async function interrupted({ open, heard, hold, stop, again }) {
  const release = hold('000990411726000011');
  const page = await open();
  await page.getByLabel('Start a report by ticker').fill('NWND');
  await page.keyboard.press('Enter');
  await until(page, 'it runs', () => document.querySelector('.job .step')?.textContent.startsWith('Fetching'));
  await page.evaluate(() => { window.same = true; });
  await stop();
  await page.getByText('Live progress is interrupted.').waitFor();
  release();
  await again();
  await page.getByText('Live progress is interrupted.').waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Open the report' }).waitFor({ timeout: 60000 });
  assert.ok(await page.evaluate(() => window.same), 'the page is the same');
  assert.deepEqual(heard.splice(0).filter(line => !/console: Failed to load resource|ERR_/.test(line)), [], 'only that nobody answered');
}
