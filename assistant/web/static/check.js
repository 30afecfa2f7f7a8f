// The Check page: the box, a file as text, and the address of a check.
(() => {
  const here = () => location.pathname.replace(/\/$/, '') === '/check';
  const root = document.documentElement;
  const box = () => document.querySelector('#text textarea');
  const run = () => document.querySelector('[data-check]');
  const busy = () => run()?.getAttribute('aria-busy') === 'true';
  const say = text => { const line = document.querySelector('#note .note'); if (line) line.textContent = text; };
  const set = text => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box(), text);
    box().dispatchEvent(new Event('input', { bubbles: true }));
  };
  const atTop = () => { box().focus(); box().setSelectionRange(0, 0); box().scrollTop = 0; };
  const write = text => { set(text); say(''); atTop(); };

  // ---------- a file becomes text ----------
  async function read(file) {
    say(`Reading ${file.name} …`);
    try {
      const reply = await fetch(`/words-of-file?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
      const told = await reply.json();
      if (told.problem) say(told.problem); else write(told.text);
    } catch { say(`${file.name} could not be read: the connection is lost. Your text is kept; try again.`); }
  }
  document.addEventListener('change', e => {
    if (e.target.id !== 'file' || !e.target.files[0]) return;
    read(e.target.files[0]);
    e.target.value = '';
  });
  const over = e => here() && e.dataTransfer?.types.includes('Files') && e.target.closest?.('#paste');
  document.addEventListener('dragover', e => { if (over(e)) e.preventDefault(); });
  document.addEventListener('drop', e => {
    if (!over(e)) return;
    e.preventDefault(); e.stopPropagation();
    if (e.dataTransfer.files[0]) read(e.dataTransfer.files[0]);
  }, true);

  // ---------- the box ----------
  let counting;
  document.addEventListener('input', e => {
    if (e.target !== box()) return;
    clearTimeout(counting);
    counting = setTimeout(count, 200);
  });
  function count() {
    const line = document.querySelector('[data-words]'), text = box()?.value.trim() || '';
    if (!line) return;
    line.dataset.hint ??= line.textContent;
    const words = text ? (text.match(/\S+/g) || []).length : 0, most = Number(line.dataset.most);
    line.textContent = words ? `${words.toLocaleString('en')} of at most ${most.toLocaleString('en')} words` : line.dataset.hint;
    line.classList.toggle('over', words > most);
  }
  const editing = on => { on ? root.dataset.editing = '' : delete root.dataset.editing; };
  document.addEventListener('click', e => {
    const on = name => e.target.closest(`[data-${name}]`);
    const example = on('example');
    if (example) write(example.dataset.example);
    if (on('open')) document.getElementById('file').click();
    if (on('recheck')) document.querySelector('#go')?.click();
    if (on('retext')) { editing(!('editing' in root.dataset)); if ('editing' in root.dataset) atTop(); }
    if (here() && on('skip')) { e.preventDefault(); (run() ? document.querySelector('#ledger a') : box())?.focus(); }
    if (e.target.closest('#go') && busy()) {
      e.preventDefault(); e.stopPropagation();
      say('A check is still running. Stop it or let it finish; your text stays in the box.');
    }
  }, true);
  document.addEventListener('keydown', e => {
    if (e.target === box() && e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); document.querySelector('#go')?.click(); }
  });

  // ---------- what arrives ----------
  const remembered = () => { try { return sessionStorage.getItem('blincite-check'); } catch { return null; } };
  const remember = address => { try { sessionStorage.setItem('blincite-check', address); } catch { /* closed */ } };
  const asked = new URLSearchParams(location.search).get('check');
  let known = here() ? asked : null;
  new MutationObserver(() => {
    const id = run()?.dataset.check;
    if (id && id !== known) {
      known = id;
      editing(false);
      const all = document.querySelector('.show [value="all"]');
      if (all) all.checked = true;
      const address = `/check?check=${id}`;
      remember(address);
      history.replaceState(history.state, '', address);
      document.title = 'Check · Blincite';
      document.querySelector('#heading h1')?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    const toggle = document.querySelector('[data-retext]'), open = String('editing' in root.dataset);
    if (toggle && toggle.getAttribute('aria-expanded') !== open) toggle.setAttribute('aria-expanded', open);
    const tab = document.querySelector('.tabs a[href="/check"]'), back = !here() && remembered();
    if (tab && back) tab.setAttribute('href', back);
    if (!busy() && /still running/.test(document.querySelector('#note .note')?.textContent || '')) say('');
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-busy', 'data-check', 'data-editing'] });
})();
