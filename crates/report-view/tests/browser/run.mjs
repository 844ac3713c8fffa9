// node run.mjs CASE FOLDER: one case over the pages in a folder.
import assert from 'node:assert/strict';
import { launch } from './browser.mjs';

const [, , name, folder] = process.argv;
let browser;
try {
  const { default: run } = await import(`./cases/${name}.mjs`);
  browser = await launch(folder);
  await run(browser);
  // No page of any case reports an error, opens a dialog or asks for anything.
  assert.deepEqual(browser.heard, []);
} catch (error) {
  console.error(error.stack ?? error);
  process.exitCode = 1;
} finally {
  await browser?.close();
}
