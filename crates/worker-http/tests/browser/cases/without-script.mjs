// Everything works without script: the form, the look at progress, cancelling, the search.
import assert from 'node:assert/strict';

export default async function withoutScript({ open, hold }) {
  const release = hold('000990411726000011');
  const page = await open('/', { javaScriptEnabled: false });
  await page.getByLabel('Start a report by ticker').fill('NWND');
  await page.getByRole('button', { name: 'Compare filings' }).click();
  assert.ok(await page.getByRole('button', { name: 'Cancel NWND' }).isVisible());
  release();
  // The page looks again by itself.
  await page.getByRole('link', { name: 'Open the report' }).waitFor();

  await page.getByLabel('Search reports by ticker').fill('nwnd');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.equal(await page.locator('#reports tbody tr').count(), 1);
  await page.getByLabel('Search reports by ticker').fill('brkd');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.ok(await page.getByText('No report on brkd.').isVisible());
  await page.getByRole('link', { name: 'Show all' }).click();
  assert.equal(await page.locator('#reports tbody tr').count(), 1);

  const held = hold('CIK0009908812');
  await page.getByLabel('Start a report by ticker').fill('BRKD');
  await page.getByRole('button', { name: 'Compare filings' }).click();
  await page.getByRole('button', { name: 'Cancel BRKD' }).click();
  await page.getByText('Cancelled.').waitFor();
  held();
}
