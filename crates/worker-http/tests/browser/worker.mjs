// The built worker, listening on this machine.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export async function worker(program, folder, variables) {
  const child = spawn(program, ['serve'], {
    cwd: folder,
    env: { DATA_DIR: folder, PORT: '0', BIND: '127.0.0.1', LOG_FORMAT: 'json', SEC_USER_AGENT: 'Acme ops@acme.example', SEC_REQUESTS_PER_SECOND: '10', ANALYZER: 'extractive', ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = [];
  const ended = new Promise(ends => child.on('exit', ends));
  const address = await new Promise((listens, fails) => {
    createInterface(child.stderr).on('line', line => {
      said.push(line);
      const found = line.match(/"address":\s*"([^"]+)"/);
      if (found) listens(`http://${found[1]}`);
    });
    ended.then(code => fails(new Error(`the worker ended with ${code}: ${said.join('\n')}`)));
  });
  const stop = async () => { child.kill('SIGKILL'); await ended; };
  return { address, stop };
}
