// Attacks in names of companies and in what is typed: nothing runs, nothing is injected.
import assert from 'node:assert/strict';
import { until } from '../../../../report-view/tests/browser/browser.mjs';

const ATTACK = '</title></style></script><script>window.ran=1</script><img src=x onerror=window.ran=1>';

export const rewrite = text => text.replaceAll('Northwind Instruments, Inc.', JSON.stringify(`Northwind ${ATTACK}`).slice(1, -1));

const foreign = page => page.evaluate(() => [...document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], [style]')].map(({ outerHTML }) => outerHTML));

export default async function hostile({ open, heard, address }) {
  const page = await open();
  await page.getByLabel('Start a report by ticker').fill('NWND');
  await page.keyboard.press('Enter');
  await until(page, 'the report is ready', () => document.querySelector('#reports tbody tr'));
  assert.ok((await page.locator('#reports .company').innerText()).includes(ATTACK), 'the attack is there, as text');
  // Near misses name companies.
  await page.getByLabel('Start a report by ticker').fill('NWNDX');
  await page.keyboard.press('Enter');
  await until(page, 'it failed', () => document.querySelector('.fail'));
  for (const path of [`/?ticker=${encodeURIComponent(ATTACK)}`, '/companies/NWND/history', `/companies/${encodeURIComponent('<img src=x onerror=window.ran=1>')}/history`]) {
    await page.goto(address + path);
    assert.deepEqual(await foreign(page), [], path);
    assert.equal(await page.evaluate(() => window.ran), undefined, path);
  }
  await page.goto(address);
  await page.evaluate(attack => { const field = document.querySelector('#ticker'); field.removeAttribute('maxlength'); field.value = attack; field.form.submit(); }, ATTACK);
  await page.getByRole('alert').waitFor();
  assert.deepEqual(await foreign(page), []);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  // Browsers write a line for every answer that refuses.
  assert.deepEqual(heard.splice(0).filter(line => !/console: .*(404|400)/.test(line)), []);

  // Whatever got into the page would not run.
  const blocked = await page.evaluate(() => new Promise(tell => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => tell(effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ran = 1';
    document.body.append(script);
  }));
  assert.equal(blocked, 'script-src-elem');
  assert.equal(await page.evaluate(() => window.ran), undefined);
  heard.length = 0;
}
