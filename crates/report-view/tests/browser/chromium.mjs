// Where Chromium is; prints it when run by itself, and fails when there is none.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

const runs = path => {
  try { accessSync(path, constants.X_OK); return true; } catch { return false; }
};

export function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [process.env.CHROMIUM, ...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...ELSEWHERE];
  return candidates.find(path => path && runs(path));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = chromium();
  if (found) console.log(found);
  else process.exitCode = 1;
}
