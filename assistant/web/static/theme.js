// Light or dark: the system's choice until the reader makes one, which this browser then remembers.
(() => {
  const root = document.documentElement;
  // Storage may be closed to the page; then the choice lasts as long as the page.
  const remembered = () => { try { return localStorage.getItem('blincite-theme'); } catch { return null; } };
  const remember = () => { try { localStorage.setItem('blincite-theme', theme); } catch { /* closed */ } };
  const wanted = () => {
    const asked = new URLSearchParams(location.search).get('__theme');
    const kept = remembered();
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    return ['dark', 'light'].find(t => t === (asked || kept)) || system;
  };
  let theme = wanted();
  const paint = () => {
    root.dataset.theme = theme;
    document.body?.classList.toggle('dark', theme === 'dark');
    document.querySelectorAll('[data-dark]').forEach(b => {
      const pressed = String(theme === 'dark');
      if (b.getAttribute('aria-pressed') !== pressed) b.setAttribute('aria-pressed', pressed);
    });
  };
  const choose = next => { theme = next; paint(); };
  paint();
  document.addEventListener('click', e => {
    if (!e.target.closest('[data-dark]')) return;
    choose(theme === 'dark' ? 'light' : 'dark');
    remember();
  });
  addEventListener('beforeprint', () => { root.dataset.theme = 'light'; });
  addEventListener('afterprint', paint);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => choose(wanted()));
  // Gradio sets its own class once it has started, and draws the switch late; ours is set after it.
  const differs = () => document.body?.classList.contains('dark') !== (theme === 'dark')
    || document.querySelector(`[data-dark]:not([aria-pressed="${theme === 'dark'}"])`);
  new MutationObserver(() => { if (differs()) paint(); })
    .observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
})();
