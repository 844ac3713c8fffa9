// Printed, a page is light, has its pages, and leaves out what paper cannot do.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default async function print({ open, folder }) {
  const wide = await open('wide.html', { width: 694 });
  await wide.emulateMedia({ media: 'print' });
  const beyond = await wide.evaluate(() => [...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > innerWidth).length);
  assert.equal(beyond, 0, 'a table wider than the sheet makes the browser print everything smaller');

  const folded = await open('sample.html');
  await folded.evaluate(() => document.querySelectorAll('.figs').forEach(list => { list.open = false; }));
  await folded.emulateMedia({ media: 'print' });
  assert.ok(await folded.locator('.fig>li').first().evaluate(row => row.checkVisibility({ contentVisibilityAuto: true }) && row.offsetHeight > 0), 'a folded list of figures is printed');

  for (const file of ['sample.html', 'history.html']) {
    const page = await open(file, { colorScheme: 'dark' });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    writeFileSync(join(folder, file.replace('html', 'pdf')), pdf);
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 2 && pages < 20, `${file}: ${pages} pages`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()), '#fff', 'paper is white');
    for (const left of ['.bar', '.toc', '.skip']) assert.ok(!await page.locator(left).first().isVisible(), `${left} is left out`);
    assert.ok(await page.locator('h1').isVisible());
  }
}
