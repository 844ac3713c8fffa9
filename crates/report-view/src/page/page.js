(() => {
'use strict';
const root = document.documentElement;
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const narrow = width => matchMedia(`(max-width:${width}rem)`).matches;
root.classList.add('has-js');

// Contents and trees take little room at first on narrow screens.
const contents = one('.toc');
if (narrow(62)) contents.open = false;
if (narrow(75)) all('.treed').forEach(tree => { tree.open = false; });

// The list of contents follows the scroll.
const links = new Map(all('a', contents).map(link => [link.hash.slice(1), link]));
const sections = all('main>section[id]');
const inView = new Set();
const spy = new IntersectionObserver(entries => {
  for (const entry of entries) inView[entry.isIntersecting ? 'add' : 'delete'](entry.target);
  const current = sections.find(section => inView.has(section));
  if (!current) return;
  for (const [id, link] of links) {
    if (id === current.id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  const link = links.get(current.id);
  if (link) contents.scrollTop += Math.max(0, link.offsetTop + link.offsetHeight - contents.scrollTop - contents.clientHeight) - Math.max(0, contents.scrollTop - link.offsetTop);
}, { rootMargin: '-20% 0px -70% 0px' });
sections.forEach(section => spy.observe(section));

// Next and previous change, among those that the filters show.
const changes = all('.chg[id^="c-"],.fig>li');
const position = one('.pos');
const kind = change => change.matches('li') ? 'f' : ['a', 'd', 'm', 'v', 'f'].find(name => change.classList.contains(name));
const kinds = new Map(changes.map(change => [change, kind(change)]));
const itemOf = new Map(changes.map(change => [change, change.closest('.item')]));
let current = null;

function shown() {
  const wanted = new Map(all('.item').map(item => [item, one('.filters :checked', item)?.value ?? 'all']));
  return changes.filter(change => {
    const filter = wanted.get(itemOf.get(change));
    return filter === 'all' || filter === kinds.get(change);
  });
}
function tell(list) {
  const at = list.indexOf(current);
  const count = list.length.toLocaleString('en-US');
  position.textContent = at < 0 ? `${count} ${list.length === 1 ? 'change' : 'changes'}` : `${(at + 1).toLocaleString('en-US')} of ${count}`;
}
function reveal(element) {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
}
// What comes near the screen is laid out late and may push the place away, so it is held for some frames.
let held = 0;
function bring(element, block) {
  const hold = ++held;
  let frames = 15;
  (function again() {
    if (hold !== held) return;
    element.scrollIntoView({ block: block ?? (element.offsetHeight > innerHeight * .8 ? 'start' : 'center') });
    if (frames-- > 0) requestAnimationFrame(again);
  })();
}
for (const input of ['wheel', 'touchstart', 'pointerdown']) addEventListener(input, () => { held++; }, { passive: true });
function mark(change) {
  current?.classList.remove('cur');
  current = change;
  change.classList.add('cur');
  change.tabIndex = -1;
  reveal(change);
  change.focus({ preventScroll: true });
  bring(change);
}
function go(step) {
  const list = shown();
  if (!list.length) return;
  let at = list.indexOf(current);
  if (at < 0) {
    // Items that end above the screen are not asked for their changes, which would lay them out.
    const line = innerHeight * .3;
    const below = list.findIndex(change => {
      const item = itemOf.get(change).getBoundingClientRect();
      return item.bottom > line && (item.top > line || (change.getClientRects().length > 0 && change.getBoundingClientRect().top > line));
    });
    at = below < 0 ? list.length - (step > 0 ? 1 : 0) : below - (step > 0 ? 1 : 0);
  }
  mark(list[Math.max(0, Math.min(list.length - 1, at + step))]);
  tell(list);
}
one('#prev').onclick = () => go(-1);
one('#next').onclick = () => go(1);
document.addEventListener('change', event => {
  if (event.target.type !== 'radio') return;
  if (event.target.name === 'v') sides();
  if (event.target.value === 'f') all('.figs', event.target.closest('.item')).forEach(list => { list.open = true; });
  tell(shown());
});

// The letters of one filing in an element, white space and cell borders left out, each with its place.
function letters(element, without) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  const places = [];
  for (let node; (node = walker.nextNode());) {
    if (node.parentNode.closest(without) || node.parentNode.closest('.cols,.go,.cos>span')) continue;
    for (let index = 0; index < node.data.length; index++) {
      if (/[\s|]/.test(node.data[index])) continue;
      text += node.data[index];
      places.push([node, index]);
    }
  }
  return { text, places };
}
const squeezed = text => text.replace(/[\s|]+/g, '');
function ranges(places, start, end) {
  const found = [];
  let last = null;
  for (const [node, index] of places.slice(start, end)) {
    if (node !== last) {
      found.push(document.createRange());
      found.at(-1).setStart(node, index);
      last = node;
    }
    found.at(-1).setEnd(node, index + 1);
  }
  return found;
}
function paint(name, marked) {
  if (window.Highlight && CSS.highlights) CSS.highlights.set(name, new Highlight(...marked));
}

// Links to changes: jump there, let the filter show it, and mark the words of a quotation.
function unfilter(target) {
  const item = target.closest('.item');
  const filter = item && one('.filters :checked', item);
  const hidden = kinds.has(target) ? filter?.value !== kinds.get(target) : !target.getClientRects().length;
  if (filter && filter.value !== 'all' && hidden) one('.filters [value=all]', item).checked = true;
}
// A place in the text that is no change, such as a heading.
function visit(target) {
  reveal(target);
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  bring(target, target.matches('.chg') ? undefined : 'start');
}
function jump(link, target) {
  unfilter(target);
  history.pushState(null, '', link.hash);
  if (kinds.has(target)) mark(target);
  else visit(target);
  tell(shown());
  if (link.classList.contains('q')) {
    if (target.matches('li')) one('details', target).open = true;
    const quote = squeezed(one('q', link).textContent);
    const { text, places } = letters(one('.t', target) ?? one('details', target), link.dataset.side === 'older' ? 'ins,summary' : 'del,summary');
    const start = text.indexOf(quote);
    paint('quote', start < 0 ? [] : ranges(places, start, start + quote.length));
  }
}
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target?.closest('.red')) return;
  event.preventDefault();
  jump(link, target);
  if (link.closest('.tag') || link.matches('.no')) {
    navigator.clipboard?.writeText(location.href).then(() => { one('#say').textContent = 'Link copied'; }, () => {});
  }
});

// Search in both filings, a slice of time at once so that typing stays quick.
const box = one('#q');
const answer = one('#hits');
const MOST_HITS = 2000;
let blocks = null;
let hits = [];
let at = -1;
let searching = 0;
let typing = 0;

function clear() {
  searching++;
  hits = [];
  at = -1;
  answer.textContent = '';
  paint('search', []);
  paint('searchnow', []);
}
function matches(block, wanted, found) {
  for (const without of ['del', 'ins']) {
    const { text, places } = letters(block, without);
    const lower = text.toLowerCase();
    if (lower.length !== text.length) continue;
    for (let start = -1; (start = lower.indexOf(wanted, start + 1)) >= 0;) {
      const marked = ranges(places, start, start + wanted.length);
      if (without === 'del' || marked.some(range => range.startContainer.parentNode.closest('del'))) found.push(marked);
    }
  }
}
function search() {
  clear();
  const wanted = squeezed(box.value.toLowerCase());
  if (wanted.length < 2) return;
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const likely = words.reduce((longest, word) => word.length > longest.length ? word : longest, '').slice(0, 12);
  blocks ??= all('.red :is(p,h3,h4,h5):not(.go):not(.colhead):not(.fo),.red table,.red .fig .what').map(block => [block, block.textContent.toLowerCase()]);
  const run = searching;
  const found = [];
  let next = 0;
  (function slice() {
    if (run !== searching) return;
    const until = performance.now() + 30;
    while (next < blocks.length && found.length < MOST_HITS && performance.now() < until) {
      const [block, text] = blocks[next++];
      if (text.includes(likely) || (block.querySelector('ins,del') && squeezed(text).includes(likely))) {
        const here = [];
        matches(block, wanted, here);
        here.sort((left, right) => left[0].compareBoundaryPoints(Range.START_TO_START, right[0]));
        found.push(...here);
      }
    }
    const done = next >= blocks.length || found.length >= MOST_HITS;
    answer.textContent = done ? count(found.length) : 'Searching';
    if (!done) { setTimeout(slice); return; }
    hits = found;
    paint('search', hits.flat());
  })();
}
function count(matches) {
  const number = matches.toLocaleString('en-US');
  return matches >= MOST_HITS ? `first ${number} matches` : matches === 1 ? '1 match' : `${number} matches`;
}
function hit(step) {
  if (!hits.length) return;
  at = (at + step + hits.length) % hits.length;
  const marked = hits[at];
  const element = marked[0].startContainer.parentElement;
  const item = element.closest('.item');
  if (item && !element.closest('details') && !element.getClientRects().length) one('.filters [value=all]', item).checked = true;
  if (item && element.closest('.un')) one('.filters [value=all]', item).checked = true;
  reveal(element);
  paint('searchnow', marked);
  bring(element);
  answer.textContent = `${(at + 1).toLocaleString('en-US')} of ${hits.length.toLocaleString('en-US')}`;
}
box.oninput = () => { clearTimeout(typing); typing = setTimeout(search, 150); };
box.form.onsubmit = event => { event.preventDefault(); hit(1); };

// Side by side: two readings of the same marks, made when a change comes near the screen.
const wide = one('#v-side');
const near = new IntersectionObserver(entries => {
  for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); columns(entry.target); }
}, { rootMargin: '1200px 0px' });
function sides() {
  for (const change of changes) {
    if (!wide.checked) near.unobserve(change);
    else if (!change.matches('li,.tb,.hd') && !one('.cols', change)) near.observe(change);
  }
}
function reading(change, without, title, absent) {
  const column = document.createElement('div');
  const label = document.createElement('span');
  label.className = 'vh';
  label.textContent = `${title}: `;
  column.append(label);
  if (absent) {
    const nothing = document.createElement('p');
    nothing.className = 'nil';
    nothing.textContent = absent;
    column.append(nothing);
    return column;
  }
  for (const block of one('.t', change).children) {
    if (block.matches('.cols,.go')) continue;
    const copy = block.cloneNode(true);
    all(without, copy).forEach(mark => mark.remove());
    tidy(copy);
    column.append(copy);
  }
  return column;
}
function tidy(block) {
  block.normalize();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let before = null;
  for (let node; (node = walker.nextNode());) {
    node.data = node.data.replace(/\s+([.,;:)])/g, '$1');
    if (before && /\s$/.test(before.data) && /^[\s.,;:)]/.test(node.data)) before.data = before.data.trimEnd();
    if (node.data) before = node;
  }
}
function columns(change) {
  const titles = all('.colhead span', change.closest('.red')).map(title => title.textContent);
  const older = reading(change, 'ins', titles[0], change.classList.contains('a') ? 'Not in this filing.' : '');
  const newer = reading(change, 'del', titles[1], change.classList.contains('d') ? 'No longer in the filing.' : '');
  older.className = 'o';
  newer.className = 'w2';
  const pair = document.createElement('div');
  pair.className = 'cols';
  pair.append(older, newer);
  const text = one('.t', change);
  const line = one(':scope>.go', text);
  if (line) line.after(pair); else text.prepend(pair);
}

// Keys; never with Ctrl, Alt or Meta, never in a field.
const display = one('.disp');
const keys = {
  j: () => go(1),
  k: () => go(-1),
  '/': () => box.focus(),
  s: () => { if (narrow(62)) return; (wide.checked ? one('#v-in') : wide).click(); },
  u: () => { const runs = all('.un'); const open = !runs.every(run => run.open); runs.forEach(run => { run.open = open; }); },
  '?': () => { display.open = !display.open; },
};
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    box.value = '';
    clear();
    box.blur();
    display.open = false;
    paint('quote', []);
    return;
  }
  if (event.target === box && event.key === 'Enter') { event.preventDefault(); hit(event.shiftKey ? -1 : 1); return; }
  if (event.target.matches?.('input:not([type=radio]),select,textarea')) return;
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});

// An address with a change opens it where it is folded away, also on the way back and forth.
function addressed() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target || !target.closest('.red')) return;
  unfilter(target);
  if (kinds.has(target)) mark(target); else visit(target);
}
function wander() {
  addressed();
  tell(shown());
}
addEventListener('popstate', wander);
wander();
})();
