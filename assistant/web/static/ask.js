// The question box, and the buttons of the conversation that act on it.
(() => {
  const box = () => document.querySelector('#box textarea');
  const busy = () => document.querySelector('#turns [aria-busy="true"]');
  const write = text => {
    const field = box();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  };
  const say = text => { const line = document.querySelector('#note .note'); if (line) line.textContent = text; };
  const wait = () => say('An answer is still being written. Stop it or let it finish; your question stays in the box.');
  // The same words within a second are the same question: a double click, a key held down.
  let sent = { text: '', at: 0 };
  const again = (text = box().value) => {
    const same = text !== '' && text === sent.text && Date.now() - sent.at < 1000;
    if (!same) sent = { text, at: Date.now() };
    return same;
  };
  const press = id => document.getElementById(id)?.click();
  const copied = async (button, text) => {
    try { await navigator.clipboard.writeText(text); } catch { copyByHand(text); }
    const word = button.querySelector('.word'), before = word.textContent;
    word.textContent = 'Copied';
    setTimeout(() => { word.textContent = before; }, 2000);
  };
  // The clipboard is closed to pages that came over plain http from another machine.
  const copyByHand = text => {
    const field = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(field); field.select(); document.execCommand('copy'); field.remove();
  };

  // This tab's conversation, to which the Ask link of the other pages leads back.
  const remembered = () => { try { return sessionStorage.getItem('blincite-talk'); } catch { return null; } };
  const remember = address => { try { sessionStorage.setItem('blincite-talk', address); } catch { /* closed */ } };
  // A conversation has an address, so that it outlives a reload and is found by Back.
  const goTo = address => {
    remember(address);
    if (location.pathname + location.search !== address) history.replaceState(history.state, '', address);
  };
  // Until what the address asks for is there, the empty page is not shown.
  const asked = new URLSearchParams(location.search);
  if (location.pathname === '/' && (asked.has('answer') || asked.has('conversation'))) {
    document.documentElement.dataset.opening = '';
    setTimeout(() => { delete document.documentElement.dataset.opening; }, 8000);
  }
  const opened = () => {
    if (!('opening' in document.documentElement.dataset)) return;
    const told = document.querySelector('#turns .turn') || document.querySelector('#note .note')?.textContent;
    if (!told) return;
    if (typeof told === 'string') remember('/');
    delete document.documentElement.dataset.opening;
  };

  document.addEventListener('click', e => {
    const on = name => e.target.closest(`[data-${name}]`);
    const edit = on('edit'), ask = on('ask'), copy = on('copy'), skip = on('skip'), fresh = on('new');
    if (edit) write(edit.dataset.edit);
    if (ask) { if (busy()) wait(); else if (!again(ask.dataset.ask)) { write(ask.dataset.ask); setTimeout(() => press('send')); } }
    if (copy) copied(copy, copy.dataset.copy);
    const address = on('copy-address');
    if (address) copied(address, new URL(address.dataset.copyAddress, location.origin).href);
    if (on('stop')) { press('stop'); box()?.focus(); }
    if (fresh && box()) { e.preventDefault(); press('anew'); goTo('/'); box().focus(); scrollTo(0, 0); }
    if (skip) {
      e.preventDefault();
      (box() || document.getElementById(skip.dataset.skip))?.focus();
    }
    if (e.target.closest('#send') && e.isTrusted) {
      if (busy()) { e.preventDefault(); e.stopPropagation(); wait(); } else if (again()) e.stopPropagation();
      box()?.focus();
    }
  }, true);
  document.addEventListener('keydown', e => {
    if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.target !== box()) return;
    if (!busy() && !again()) return;
    e.preventDefault(); e.stopPropagation();
    if (busy()) wait();
  }, true);

  // ---------- export ----------
  document.addEventListener('click', e => {
    for (const open of document.querySelectorAll('details.export[open]'))
      if (!open.contains(e.target) || e.target.closest('a')) open.open = false;
  });
  document.addEventListener('keydown', e => {
    const open = e.key === 'Escape' && e.target.closest?.('details.export[open]');
    if (open) { open.open = false; open.querySelector('summary').focus(); e.stopPropagation(); }
  }, true);

  // ---------- filters ----------
  const form = () => document.querySelector('.pop');
  const filters = () => document.querySelector('details.filters');
  const send = () => {
    const values = new FormData(form());
    form().closest('.html-container').firstElementChild.dispatchEvent(new CustomEvent('blincite:filters', { detail: {
      kind: values.getAll('kind'), age: values.getAll('age'), from: values.get('from'), to: values.get('to'),
      randomised: values.has('randomised'),
    } }));
  };
  const shut = () => { if (filters()?.open) { filters().open = false; filters().querySelector('summary').focus(); } };
  document.addEventListener('change', e => { if (e.target.closest('.pop')) send(); });
  document.addEventListener('reset', e => { if (e.target === form()) setTimeout(send); });
  document.addEventListener('submit', e => { if (e.target === form()) { e.preventDefault(); shut(); } });
  document.addEventListener('keydown', e => { if (e.key === 'Escape' && e.target.closest?.('.filters')) shut(); });
  document.addEventListener('click', e => {
    if (e.target.closest('[data-shut]')) shut();
    else if (filters()?.open && !e.target.closest('.filters')) filters().open = false;
    const off = e.target.closest('[data-unfilter]');
    if (!off) return;
    for (const field of form().querySelectorAll(`[name="${off.dataset.unfilter}"]`)) {
      if (field.type === 'number') field.value = '';
      else if (!off.dataset.value || field.value === off.dataset.value) field.checked = false;
    }
    send();
    filters().querySelector('summary').focus();
  });

  // ---------- what arrives ----------
  let seen = 0, talk = '';
  const kept = new WeakSet();
  new MutationObserver(() => {
    const turns = document.querySelectorAll('#turns .turn');
    if (turns.length > seen && turns.length > 1) turns[turns.length - 1].scrollIntoView({ block: 'start' });
    seen = turns.length;
    opened();
    const back = location.pathname !== '/' && remembered(), tab = document.querySelector('.tabs a[href="/"]');
    if (back && back !== '/' && tab) tab.setAttribute('href', back);
    const now = document.querySelector('[data-conversation]')?.dataset.conversation || '';
    if (now && now !== talk) goTo(`/?conversation=${now}`);
    talk = now;
    if (!busy() && /still being written/.test(document.querySelector('#note .note')?.textContent || '')) say('');
    const failed = turns[seen - 1]?.querySelector('[data-keep-question]');
    if (failed && !kept.has(failed)) {
      kept.add(failed);
      if (box() && !box().value) write(failed.dataset.keepQuestion);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
