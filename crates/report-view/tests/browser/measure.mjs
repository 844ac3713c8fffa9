// node measure.mjs PAGE.html: how soon a page can be used, and the longest task of the main thread while it is used.
//
// CPU times are those of the thread, which other work on the machine does not stretch.
import { basename, dirname, resolve } from 'node:path';
import { launch } from './browser.mjs';

const file = resolve(process.argv[2]);
const RUNS = 3;

// Usable: loaded, drawn, and idle.
const watch = () => addEventListener('load', () => requestAnimationFrame(() => requestIdleCallback(() => { window.usable = performance.now(); })));

// What the main thread of the page did meanwhile: its longest task and all of it, in milliseconds.
async function traced(browser, page, use) {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await use(page);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid }) => pid));
  const tasks = traceEvents.filter(({ name, pid }) => name === 'RunTask' && main.has(pid));
  const most = of => Math.max(0, ...tasks.map(of)) / 1000;
  return { longest: most(({ dur }) => dur ?? 0), cpu: most(({ tdur }) => tdur ?? 0), all: tasks.reduce((sum, { tdur }) => sum + (tdur ?? 0), 0) / 1000 };
}

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
    const buttons = await page.locator('.filters input').count();
    for (let at = 0; at < buttons; at++) { await page.evaluate(at => document.querySelectorAll('.filters input')[at].click(), at); await pause(page, 30); }
    for (const item of await page.locator('.filters [value=all]').all()) await item.evaluate(input => input.click());
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

const { open, browser, close } = await launch(dirname(file));
const least = new Map();
const keep = (name, values) => least.set(name, (least.get(name) ?? values).map((value, at) => Math.min(value, values[at])));
for (let run = 0; run < RUNS; run++) {
  const page = await open(basename(file), { script: watch, blank: true });
  const opening = await traced(browser, page, async () => {
    await page.goto(page.address);
    await page.waitForFunction(() => window.usable);
  });
  keep('opening', [opening.longest, opening.cpu, opening.all]);
  keep('usable', [await page.evaluate(() => window.usable)]);
  for (const [name, use] of Object.entries(USES)) {
    const done = await traced(browser, page, use);
    keep(name, [done.longest, done.cpu, done.all]);
  }
  await page.context().close();
}
await close();
console.log(`${basename(file)} in Chromium: usable after ${least.get('usable')[0].toFixed(0)} ms (target 1500), the least of ${RUNS} runs`);
console.log(`${'milliseconds of the main thread'.padEnd(32)} ${'longest task'.padStart(13)} ${'its CPU'.padStart(9)} ${'all CPU'.padStart(9)}`);
for (const [name, values] of least) {
  if (values.length > 1) console.log(`${name.padEnd(32)} ${values.map((value, at) => value.toFixed(0).padStart(at ? 9 : 13)).join(' ')}`);
}
console.log(`${'target'.padEnd(32)} ${'100'.padStart(13)}`);
