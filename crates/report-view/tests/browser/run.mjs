// node run.mjs CASE FOLDER: one case over the pages in a folder.
import { launch } from './browser.mjs';

const [, , name, folder] = process.argv;
let browser;
try {
  const { default: run } = await import(`./cases/${name}.mjs`);
  browser = await launch(folder);
  await run(browser);
} catch (error) {
  console.error(error.stack ?? error);
  process.exitCode = 1;
} finally {
  await browser?.close();
}
