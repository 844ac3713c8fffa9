// node run.mjs CASE WORKER RECORDING FOLDER PICTURES: one case, with a worker of its own.
import assert from 'node:assert/strict';
import { launch } from '../../../report-view/tests/browser/browser.mjs';
import { edgar } from './edgar.mjs';
import { worker } from './worker.mjs';

const [, , name, program, recording, folder, pictures] = process.argv;
const opened = [];
let worked, archive, browser;

try {
  const { default: run, variables = {}, rewrite } = await import(`./cases/${name}.mjs`);
  archive = await edgar(recording, rewrite);
  const start = port => worker(program, folder, { SEC_WWW_URL: archive.address, SEC_DATA_URL: archive.address, ...variables, ...(port && { PORT: port }) });
  worked = await start();
  ({ browser } = await launch(pictures));
  const heard = [];

  // A window, with what it should not do written down.
  async function open(path = '/', options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    page.on('dialog', dialog => { heard.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('pageerror', error => heard.push(`error: ${error.message}`));
    page.on('console', message => heard.push(`console: ${message.text()}`));
    page.on('request', request => { if (!request.url().startsWith(worked.address) && !request.url().startsWith('data:')) heard.push(`request: ${request.url()}`); });
    await page.goto(worked.address + path);
    opened.push(page);
    return page;
  }
  const stop = () => worked.stop();
  const again = async () => { worked = await start(new URL(worked.address).port); };
  await run({ open, heard, hold: archive.hold, address: worked.address, pictures, stop, again });
  assert.deepEqual(heard, [], 'no page reports an error, opens a dialog or asks anybody else');
} catch (error) {
  console.error(error.stack ?? error);
  for (const page of opened) console.error(page.url(), await page.innerText('body').catch(() => ''));
  process.exitCode = 1;
} finally {
  await browser?.close();
  await worked?.stop();
  archive?.close();
}
