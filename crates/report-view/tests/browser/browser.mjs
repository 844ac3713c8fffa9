// Opens pages from a folder and hears everything that they should not do.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { chromium } from './chromium.mjs';

export const ADVICE = 'run `cargo xtask test`, which installs what the browser tests need';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

export async function launch(folder) {
  const executablePath = chromium();
  if (!executablePath) throw new Error(`no Chromium on this machine: ${ADVICE}`);
  const browser = await playwright.launch({ executablePath, args: FLAGS });
  const heard = [];

  // `hash` is behind the file's address, `script` runs before the page, a `blank` one is not opened yet; other options are those of a browser context.
  async function open(file, { hash = '', script, blank, width = 1440, height = 900, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, ...options });
    if (script) await context.addInitScript(script);
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    const address = pathToFileURL(join(folder, file)).href;
    page.on('dialog', dialog => { heard.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('pageerror', error => heard.push(`error: ${error.message}`));
    page.on('console', message => heard.push(`console: ${message.text()}`));
    page.on('request', request => {
      if (!request.url().startsWith(address)) heard.push(`request: ${request.url()}`);
    });
    page.on('popup', () => heard.push('a window was opened'));
    page.address = address + hash;
    if (!blank) await page.goto(page.address);
    return page;
  }
  return { open, browser, heard, close: () => browser.close(), folder };
}

// Waits until the page says yes, and fails with the sentence when it does not.
export async function until(page, sentence, question, argument) {
  try {
    await page.waitForFunction(question, argument, { timeout: 20000 });
  } catch {
    throw new Error(`never: ${sentence}`);
  }
}

// Clicks a place once it has come to rest: what comes near the screen is laid out late and pushes others away, also between the
// mouse's down and its up.
export async function press(place) {
  await place.scrollIntoViewIfNeeded();
  let last = '';
  for (let still = 0, looks = 0; still < 5 && looks < 200; looks++) {
    const now = JSON.stringify(await place.boundingBox());
    still = now === last ? still + 1 : 0;
    last = now;
    await new Promise(soon => setTimeout(soon, 20));
  }
  await place.click();
}

// The button of a filter in an Item, by its word.
export const filter = (page, item, word) => page.locator(`${item} .filters label`).filter({ hasText: new RegExp(`^${word} `) });

export const visible = (page, selector) => page.locator(selector).filter({ visible: true }).count();
