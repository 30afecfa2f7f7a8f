// The Library: filter and sort in the browser, and go to the sentence that the address names.
(() => {
  const rows = () => [...document.querySelectorAll('.studies tbody tr')];
  const sieve = () => document.querySelector('.sieve');

  function filter() {
    const want = Object.fromEntries(new FormData(sieve()));
    const words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows()) {
      const { text, kind, age, year } = row.dataset;
      const fits = words.every(w => text.includes(w)) && (!want.kind || kind === want.kind)
        && (!want.age || age.split('|').includes(want.age))
        && (!want.from || year >= want.from) && (!want.to || (year && year <= want.to));
      row.hidden = !fits;
      shown += fits;
    }
    const count = document.querySelector('.count');
    count.textContent = `${shown} of ${count.dataset.all} documents`;
    document.querySelector('.shelf .none').hidden = shown > 0;
  }
  function sort(head) {
    const key = head.dataset.key, numeric = ['year', 'n', 'follow-up'].includes(key);
    const up = head.getAttribute('aria-sort') === 'none' ? !numeric : head.getAttribute('aria-sort') !== 'ascending';
    const value = row => row.querySelector(`[data-key="${key}"]`).dataset.value;
    const empty = v => v === '' || (numeric && Number(v) === 0);
    const order = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (empty(x) !== empty(y)) return empty(x) ? 1 : -1;
      const by = numeric ? x - y : x.localeCompare(y, 'en');
      return up ? by : -by;
    };
    for (const h of document.querySelectorAll('.studies thead th'))
      h.setAttribute('aria-sort', h === head ? (up ? 'ascending' : 'descending') : 'none');
    document.querySelector('.studies tbody').append(...rows().sort(order));
  }
  // The sentence of a figure: marked where it stands, in the address, and in the link to copy.
  function follow(link) {
    const sentence = document.getElementById(link.dataset.sentence);
    for (const old of document.querySelectorAll('.fulltext mark')) old.replaceWith(...old.childNodes);
    const mark = document.createElement('mark');
    mark.append(...sentence.childNodes);
    sentence.append(mark);
    sentence.scrollIntoView({ block: 'center' });
    sentence.focus({ preventScroll: true });
    history.replaceState(history.state, '', link.href);
    const copy = document.querySelector('.about [data-copy-address]');
    copy.dataset.copyAddress = link.getAttribute('href');
    copy.querySelector('.word').textContent = 'Copy link to this sentence';
  }

  document.addEventListener('input', e => { if (e.target.closest('.sieve')) filter(); });
  document.addEventListener('submit', e => { if (e.target === sieve()) e.preventDefault(); });
  document.addEventListener('click', e => {
    const by = e.target.closest('[data-sort]');
    if (by) sort(by.closest('th'));
    const row = e.target.closest('[data-sentence]');
    if (row && !(e.ctrlKey || e.metaKey || e.shiftKey)) { e.preventDefault(); follow(row); }
    const jump = e.target.closest('[data-jump]');
    if (jump) {
      e.preventDefault();
      const heading = document.getElementById(new URL(jump.href).hash.slice(1));
      heading.scrollIntoView({ block: 'start' });
      heading.focus({ preventScroll: true });
    }
  });
  // Once per page: its name in the title, and the marked sentence in view.
  let arrived = false;
  new MutationObserver(() => {
    const page = document.querySelector('.studypage, .shelf');
    if (arrived || !page) return;
    arrived = true;
    document.title = `${page.dataset.title || 'Library'} · Blincite`;
    page.querySelector('mark')?.scrollIntoView({ block: 'center', behavior: 'auto' });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
