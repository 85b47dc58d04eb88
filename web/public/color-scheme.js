// Runs before the first paint, so that a dark page never flashes white. The key is also in kit/color-scheme.ts.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('atrium-color-scheme') || 'auto';
  } catch {
    // Storage is refused: follow the system.
  }
  const dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
