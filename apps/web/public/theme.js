// Runs before the first paint, from a file of its own because the page allows no inline script.
(() => {
  var chosen = null;
  try {
    chosen = localStorage.getItem('salotto.theme');
  } catch (_) {
    // Storage can be switched off; the system's theme is used then.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.querySelector('meta[name="theme-color"]').content = dark ? '#17120e' : '#f8f3eb';
})();
