// axe finds no serious fault, light and dark, in every layout; insertions and deletions are said; motion is not forced.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { press } from '../browser.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

// High enough that nothing is left out because it is far from the screen.
const HEIGHT = 10000;
const FILES = ['sample.html', 'history.html', 'incomplete.html', 'unchanged.html'];

async function faults(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`)));
  assert.deepEqual(found, [], what);
}

export default async function accessible({ open }) {
  for (const file of FILES) {
    const page = await open(file, { height: HEIGHT });
    await page.evaluate(() => document.querySelectorAll('details').forEach(fold => { fold.open = true; }));
    await faults(page, `${file}, light`);
    if (file === 'sample.html') {
      await press(page.locator('.disp label', { hasText: 'Code review' }));
      await page.keyboard.press('s');
      await page.keyboard.press('j');
      await faults(page, `${file}, side by side in colours of code review`);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: HEIGHT });
    await faults(page, `${file}, dark, on a phone`);
    await page.context().close();
  }

  const page = await open('sample.html');
  const said = await page.evaluate(() => ['ins', 'del'].map(mark => getComputedStyle(document.querySelector(`.chg.m ${mark}`), '::before').content));
  assert.deepEqual(said, ['" [inserted: "', '" [deleted: "']);
  const lines = await page.evaluate(() => ['ins', 'del'].map(mark => getComputedStyle(document.querySelector(`.chg.m ${mark}`)).textDecorationLine));
  assert.deepEqual(lines, ['underline', 'line-through'], 'never colour alone');
  const calm = await open('sample.html', { reducedMotion: 'reduce' });
  const moving = await calm.evaluate(() => [...document.querySelectorAll('*')].filter(element => {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
    return animationName !== 'none' || parseFloat(transitionDuration) > 0 || scrollBehavior === 'smooth';
  }).length);
  assert.equal(moving, 0, 'nothing moves where motion is not wanted');
}
