// Citations and checked sentences open their evidence without asking the server, and stay open while
// the page grows.
(() => {
  const root = document.documentElement;
  const wide = matchMedia('(min-width: 1041px)');
  // Gradio wipes attributes that a script has set, so what is open is kept here and set again.
  const shown = { number: null, place: 0, turn: null };
  const kept = new Set();
  const all = selector => [...document.querySelectorAll(selector)];
  const set = (node, name, value) => {
    if (value === null ? node.hasAttribute(name) : node.getAttribute(name) !== value)
      value === null ? node.removeAttribute(name) : node.setAttribute(name, value);
  };
  const OPENERS = ':is(#turns .cite, .ledger a)';
  const cites = number => all(`${OPENERS}[data-e="${number}"]`);
  const card = number => document.querySelector(`.card[data-card="${number}"]`);
  const opener = () => cites(shown.number)[shown.place] || cites(shown.number)[0];

  function restore() {
    for (const c of all('.card')) set(c, 'hidden', c.dataset.card === shown.number ? null : '');
    const current = shown.number && (wide.matches || root.dataset.sheet) ? opener() : null;
    for (const c of all(OPENERS)) set(c, 'aria-current', c === current ? 'true' : null);
    for (const d of all('details[data-keep]')) set(d, 'open', kept.has(d.dataset.keep) ? '' : null);
  }
  function show(number, place = 0) {
    shown.number = number; shown.place = Math.max(0, place);
    restore();
  }
  function open(cite) {
    root.dataset.sheet = 'open';
    show(cite.dataset.e, cites(cite.dataset.e).indexOf(cite));
    const panel = document.querySelector('#evidence');
    if (panel) panel.scrollTop = 0;
    card(shown.number)?.querySelector('h3').focus({ preventScroll: true });
    if (!wide.matches) keepInView(cite);
  }
  function keepInView(cite) {
    const sheet = document.querySelector('#evidence').getBoundingClientRect();
    const over = cite.getBoundingClientRect().bottom + 16 - sheet.top;
    if (over > 0) scrollBy({ top: over, behavior: 'auto' });
  }
  function close() {
    const back = opener();
    delete root.dataset.sheet;
    show(null);
    back?.focus();
  }
  function step(by) {
    // A sentence that is sifted out is passed over.
    const out = c => { const row = document.querySelector(`.ledger a[data-e="${c.dataset.card}"]`); return row && !row.offsetParent; };
    const cards = all('.card').filter(c => !out(c)), at = cards.findIndex(c => c.dataset.card === shown.number);
    if (!cards.length) return;
    const next = cards[(at + by + cards.length) % cards.length];
    const inside = document.activeElement?.closest('.card'), listed = document.activeElement?.closest('.ledger');
    show(next.dataset.card);
    root.dataset.sheet = 'open';
    document.querySelector('#evidence').scrollTop = 0;
    opener()?.scrollIntoView({ block: 'nearest' });
    if (inside) next.querySelector('h3').focus({ preventScroll: true });
    if (listed) opener()?.focus({ preventScroll: true });
    if (!wide.matches && opener()) keepInView(opener());
  }
  // On a wide screen the evidence of a new bottom line stands beside it; focus stays where it is.
  function follow() {
    const turns = all('.turn'), last = turns.at(-1);
    if (!last) { shown.turn = null; shown.number = null; delete root.dataset.sheet; return; }
    const turn = last.dataset.check || turns.length;
    // Another check: what was open belongs to the one before.
    if (last.dataset.check && shown.turn !== turn) { shown.number = null; delete root.dataset.sheet; }
    const first = document.querySelector(`.ledger[data-of="${turn}"] a[data-e]`) || last.querySelector('.cite[data-e]');
    if (shown.turn === turn || !first || !card(first.dataset.e)) return;
    shown.turn = turn;
    if (wide.matches) show(first.dataset.e, cites(first.dataset.e).indexOf(first));
  }
  document.addEventListener('click', e => {
    const cite = e.target.closest(`${OPENERS}[data-e]`);
    if (cite) { e.preventDefault(); open(cite); return; }
    if (e.target.closest('[data-close]')) close();
    const by = e.target.closest('[data-step]');
    if (by) step(Number(by.dataset.step));
    const more = e.target.closest('details[data-keep] > summary');
    if (more) more.parentNode.open ? kept.delete(more.parentNode.dataset.keep) : kept.add(more.parentNode.dataset.keep);
  });
  document.addEventListener('keydown', e => {
    if (/TEXTAREA|INPUT|SELECT/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape' && shown.number && !e.target.closest?.('.filters')) close();
    if (!e.target.closest?.('.turn, .ledger, .evidence')) return;
    if (e.key === 'j') step(1);
    if (e.key === 'k') step(-1);
  });
  wide.addEventListener('change', restore);
  new MutationObserver(() => { follow(); restore(); }).observe(root, {
    childList: true, subtree: true, attributes: true, attributeFilter: ['hidden', 'aria-current', 'open', 'data-card'],
  });
})();
