(() => {
'use strict';
// Browsers open six connections to a worker at most, over all their windows, and an open stream is one.
const STREAMS = 2;
const SOON = 4000, LATER = 30000, AFTER_FAULT = 5000;
const streams = new Map();
let timer = 0, asked = 0;

const of = id => document.getElementById(id);
const jobs = () => [...document.querySelectorAll('[data-events]')];
const job = url => jobs().find(it => it.dataset.events === url);
const say = text => { of('said').textContent = text; };
const interrupted = is => { if (of('cut').hidden === is) of('cut').hidden = !is; };

// Progress of one job, into what the worker has drawn.
function show(it, { status, progress, current_step: step }) {
  const word = status === 'queued' ? 'Queued' : step.split(' ', 1)[0];
  const bars = [...it.querySelectorAll('.stages li')];
  const at = bars.findIndex(bar => bar.dataset.stage === word);
  const known = at >= 0 && status !== 'queued';
  const name = it.querySelector('.step b');
  if (at >= 0 && name.textContent !== word) say(`${it.dataset.ticker}: ${word}`);
  name.textContent = at >= 0 ? word : '';
  it.querySelector('.step .on').textContent = known ? step.slice(word.length).trim() : step;
  it.querySelector('.step .pc').textContent = `${progress}%`;
  it.classList.toggle('run', status === 'processing');
  const running = jobs().filter(other => other.classList.contains('run')).length;
  of('busy').textContent = `${running} running, ${jobs().length - running} waiting`;
  bars.forEach((bar, index) => {
    const { from, to } = bar.dataset;
    const share = Math.min(100, Math.max(0, 100 * (progress - from) / Math.max(1, to - from)));
    bar.querySelector('rect').setAttribute('width', index < at || (at < 0 && index === 0) ? 100 : index === at && known ? share : 0);
    bar.classList.toggle('now', index === at);
    if (index === at) bar.setAttribute('aria-current', 'step'); else bar.removeAttribute('aria-current');
  });
}

function told(url, status) {
  interrupted(false);
  const it = job(url);
  if (status.status === 'completed' || status.status === 'failed') {
    shut(url);
    say(`${status.ticker}: ${status.status === 'completed' ? 'the report is ready' : 'failed'}`);
    look();
  } else if (it) show(it, status);
}

function shut(url) {
  streams.get(url).close();
  streams.delete(url);
}

// Streams for the jobs that run, as far as they go; the others are looked at now and then.
function listen() {
  const wanted = document.hidden ? [] : jobs().sort((a, b) => b.classList.contains('run') - a.classList.contains('run')).slice(0, STREAMS).map(it => it.dataset.events);
  for (const url of [...streams.keys()]) if (!wanted.includes(url)) shut(url);
  for (const url of wanted) {
    if (streams.has(url)) continue;
    const stream = new EventSource(url);
    streams.set(url, stream);
    stream.addEventListener('status', event => told(url, JSON.parse(event.data)));
    stream.onopen = () => interrupted(false);
    stream.onerror = () => {
      interrupted(true);
      if (stream.readyState === EventSource.CLOSED && streams.get(url) === stream) {
        streams.delete(url);
        wait(AFTER_FAULT);
      }
    };
  }
}

// The worker draws the page once more, and what is new in it takes the place of the old.
async function look() {
  clearTimeout(timer);
  const turn = ++asked;
  try {
    const answer = await fetch('/' + (location.pathname === '/' ? location.search : ''), { headers: { accept: 'text/html' } });
    // Logged out.
    if (answer.redirected) return location.assign('/');
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (turn !== asked) return;
    ['busy', 'jobs', 'reports'].forEach(id => put(id, page.getElementById(id)));
    narrow();
    interrupted(false);
    wait(jobs().length ? SOON : LATER);
  } catch {
    if (turn !== asked) return;
    interrupted(true);
    wait(AFTER_FAULT);
  }
  listen();
}

function put(id, next) {
  const old = of(id);
  if (old.outerHTML === next.outerHTML) return;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const at = focus ? focused(old).indexOf(focus) : -1;
  old.replaceWith(document.importNode(next, true));
  if (focus) (of(focus.id) ?? focused(of(id))[at] ?? of(id).querySelector('a, button'))?.focus({ preventScroll: true });
}

const focused = within => [...within.querySelectorAll('a, button')];

function wait(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => document.hidden ? wait(milliseconds) : look(), milliseconds);
}

// What is typed narrows the reports that are shown; sent, the worker searches all.
function narrow() {
  const rows = [...document.querySelectorAll('#reports tbody tr')];
  const typed = of('find').value.trim().toUpperCase();
  const searched = new URLSearchParams(location.search).get('ticker')?.trim().toUpperCase();
  let shown = 0;
  for (const row of rows) {
    const text = row.querySelector('th').textContent + ' ' + row.querySelector('.company').firstChild.textContent;
    row.hidden = typed !== '' && typed !== searched && !text.toUpperCase().includes(typed);
    shown += !row.hidden;
  }
  of('count').textContent = rows.length ? `${shown} ${shown === 1 ? 'report' : 'reports'}` : '';
}

of('find').addEventListener('input', narrow);
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
  event.preventDefault();
  of('find').focus();
});
document.addEventListener('visibilitychange', () => document.hidden ? listen() : look());
addEventListener('pagehide', () => streams.forEach(stream => stream.close()));
addEventListener('pageshow', event => { if (event.persisted) { streams.clear(); look(); } });
narrow();
listen();
wait(jobs().length ? SOON : LATER);
})();
