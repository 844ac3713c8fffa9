// An EDGAR that gives out a recording, and waits where it is told to.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';

// `rewrite` may change what is given out. `hold(part)` keeps back what has the part in its path, until the function it returns is called.
export async function edgar(recording, rewrite = text => text) {
  const held = new Map();
  const server = createServer(async ({ url }, answer) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://edgar').pathname));
    await Promise.all([...held].filter(([part]) => path.includes(part)).map(([, { until }]) => until));
    try {
      const text = await readFile(join(recording, path), 'utf8');
      answer.end(path.endsWith('.json') ? rewrite(text) : text);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise(listens => server.listen(0, '127.0.0.1', listens));

  function hold(part) {
    let release;
    const until = new Promise(free => { release = free; });
    held.set(part, { until });
    return () => { held.delete(part); release(); };
  }
  const close = () => { server.closeAllConnections(); server.close(); };
  return { address: `http://127.0.0.1:${server.address().port}`, hold, close };
}
