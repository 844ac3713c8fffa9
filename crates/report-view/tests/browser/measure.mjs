// node measure.mjs PAGE.html: how soon a page can be used, and the longest task of the main thread while it is used.
import { basename, dirname, resolve } from 'node:path';
import { launch } from './browser.mjs';

const file = resolve(process.argv[2]);
const RUNS = 3;

// Heard before anything of the page runs. A task is told from 50 ms on.
const watch = () => {
  window.tasks = [];
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) window.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  // Usable: loaded, drawn, and idle.
  addEventListener('load', () => requestAnimationFrame(() => requestIdleCallback(() => { window.usable = performance.now(); })));
};

const longest = page => page.evaluate(() => new Promise(done => setTimeout(() => {
  const most = Math.max(0, ...window.tasks.map(([, duration]) => duration));
  window.tasks = [];
  done(most);
}, 100)));
const pause = (page, milliseconds) => page.waitForTimeout(milliseconds);

const USES = {
  'scrolling to the end': async page => {
    await page.mouse.move(700, 500);
    for (let step = 0; step < 80; step++) { await page.mouse.wheel(0, 900); await pause(page, 16); }
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await pause(page, 300);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await pause(page, 300);
  },
  'filtering each Item': async page => {
    for (const label of await page.locator('.filters label').all()) { await label.locator('input').evaluate(input => input.click()); await pause(page, 30); }
    await page.evaluate(() => document.querySelectorAll('.filters [value=all]').forEach(input => input.click()));
  },
  'next change, 60 times': async page => { for (let step = 0; step < 60; step++) { await page.keyboard.press('j'); await pause(page, 20); } },
  'searching': async page => {
    await page.keyboard.press('/');
    await page.keyboard.type('the company', { delay: 60 });
    await page.waitForFunction(() => /match/.test(document.querySelector('#hits').textContent));
    for (let step = 0; step < 10; step++) { await page.keyboard.press('Enter'); await pause(page, 60); }
    await page.keyboard.press('Escape');
  },
  'side by side, scrolling': async page => {
    await page.keyboard.press('s');
    await pause(page, 200);
    await page.evaluate(() => scrollTo(0, 0));
    for (let step = 0; step < 80; step++) { await page.mouse.wheel(0, 900); await pause(page, 16); }
    await page.keyboard.press('s');
  },
  'opening all unchanged text': async page => { await page.keyboard.press('u'); await pause(page, 500); await page.keyboard.press('u'); await pause(page, 300); },
};

const browser = await launch(dirname(file));
const least = {};
const keep = (name, value) => { least[name] = Math.min(least[name] ?? Infinity, value); };
for (let run = 0; run < RUNS; run++) {
  const page = await browser.open(basename(file), { script: watch });
  await page.waitForFunction(() => window.usable);
  keep('usable after, ms', await page.evaluate(() => window.usable));
  keep('first paint after, ms', await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0));
  keep('opening: longest task, ms', await longest(page));
  for (const [name, use] of Object.entries(USES)) {
    await use(page);
    keep(`${name}: longest task, ms`, await longest(page));
  }
  await page.context().close();
}
await browser.close();
console.log(`${basename(file)}, the least of ${RUNS} runs; tasks under 50 ms are told as 0`);
for (const [name, value] of Object.entries(least)) console.log(`${name.padEnd(46)} ${value.toFixed(0).padStart(6)}`);
