// The secret is asked for once; the cookie is out of reach of scripts and of other sites.
import assert from 'node:assert/strict';

import { until } from '../../../../report-view/tests/browser/browser.mjs';

export const variables = { WORKER_SECRET: 'new one,right horse' };

export default async function login({ open, heard, address }) {
  const page = await open('/?ticker=NWND');
  assert.equal(new URL(page.url()).pathname, '/login');
  // The browser sets the focus once it has drawn the page.
  await until(page, 'the field has the focus', () => document.activeElement.id === 'secret');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  assert.match(await page.getByRole('alert').innerText(), /not a secret of this worker/);
  // Browsers write a line for every answer that refuses.
  assert.deepEqual(heard.splice(0).filter(line => !/console: .*401/.test(line)), []);

  await page.getByLabel('Secret of this worker').fill('right horse');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${address}/?ticker=NWND`);
  const [cookie] = await page.context().cookies();
  const { name, value, httpOnly, sameSite, path } = cookie;
  assert.deepEqual({ name, httpOnly, sameSite, path }, { name: 'worker_session', httpOnly: true, sameSite: 'Strict', path: '/' });
  assert.ok(cookie.expires > Date.now() / 1000 && !value.includes('horse'));
  assert.equal(await page.evaluate(() => document.cookie), '');

  await page.getByLabel('Start a report by ticker').fill('NWND');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Open the report' }).click();
  assert.equal(await page.locator('h1').innerText(), 'Northwind Instruments, Inc.');
  await page.goBack();
  const cancelled = await page.evaluate(() => fetch('/jobs/none', { method: 'DELETE' }).then(({ status }) => status));
  assert.equal(cancelled, 404, 'a script of the page may');
  assert.deepEqual(heard.splice(0).filter(line => !/console: .*404/.test(line)), []);

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login$/);
  assert.deepEqual(await page.context().cookies(), []);
  await page.goto(`${address}/`);
  assert.equal(new URL(page.url()).pathname, '/login');
}
