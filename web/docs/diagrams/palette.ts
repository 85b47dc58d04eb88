import type { Palette } from './protocol.ts';

const hues = ['service', 'library', 'resource', 'website', 'api', 'group', 'template', 'system'];

/** The colours of the page as they are now. */
export function currentPalette(): Palette {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const series = hues.map((hue) => token(`hue-${hue}`));
  return {
    dark: root.dataset.mantineColorScheme === 'dark',
    background: token('bg'),
    panel: token('panel'),
    sunk: token('sunk'),
    line: token('line'),
    strongLine: token('line-strong'),
    text: token('text'),
    dim: token('dim'),
    accent: token('accent'),
    accentBackground: token('accent-bg'),
    warn: token('warn'),
    bad: token('bad'),
    // Mermaid knows twelve, and mixes its own for those that it is not told.
    series: [...series, ...series].slice(0, 12),
  };
}
