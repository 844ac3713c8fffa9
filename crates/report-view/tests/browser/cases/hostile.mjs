// Attacks in every text that is not ours: nothing runs, nothing is injected, nothing is asked for.
import assert from 'node:assert/strict';

const OURS = new Set([
  'html', 'head', 'meta', 'title', 'style', 'script', 'body', 'main', 'header', 'footer', 'section', 'nav', 'aside', 'article', 'div', 'span', 'p',
  'h1', 'h2', 'h3', 'h4', 'h5', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a', 'b', 'i', 'q', 'small', 'strong', 'ins', 'del', 'br', 'table', 'caption', 'thead',
  'tbody', 'tr', 'th', 'td', 'details', 'summary', 'form', 'fieldset', 'legend', 'label', 'input', 'output', 'button', 'kbd', 'figure', 'svg', 'defs',
  'pattern', 'rect', 'line', 'circle', 'g', 'text',
]);

export default async function hostile({ open }) {
  for (const file of ['hostile.html', 'hostile-history.html']) {
    const page = await open(file);
    const foreign = await page.evaluate(ours => [...document.querySelectorAll('*')].map(element => element.localName).filter(name => !ours.includes(name)), [...OURS]);
    assert.deepEqual(foreign, [], `${file}: elements that are not ours`);
    const handlers = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes])
      .filter(({ name, value }) => name.startsWith('on') || name === 'style' || name === 'src' || /^\s*(javascript|data):/i.test(value)).map(({ name }) => name));
    assert.deepEqual(handlers, [], `${file}: attributes that run or load`);
    const scripts = await page.locator('script').count();
    assert.equal(scripts, file === 'hostile.html' ? 1 : 0);

    // Everything that shows text again: opened, clicked, searched, side by side.
    await page.evaluate(() => document.querySelectorAll('details').forEach(fold => { fold.open = true; }));
    if (scripts) {
      await page.evaluate(() => document.querySelectorAll('a[href^="#"]').forEach(link => link.click()));
      await page.evaluate(() => { document.querySelector('.disp').open = false; });
      await page.keyboard.press('s');
      for (let step = 0; step < 40; step++) await page.keyboard.press('j');
      await page.locator('#q').fill('<script>alert(1)</script>');
      await page.keyboard.press('Enter');
    }
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.ran), undefined, `${file}: a script of theirs ran`);
    assert.equal(await page.evaluate(ours => [...document.querySelectorAll('*')].filter(element => !ours.includes(element.localName)).length, [...OURS]), 0);
    const name = await page.locator('h1').innerText();
    assert.ok(name.includes('<script>'), 'the attack is there, as text');
  }
}
