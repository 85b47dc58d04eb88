/**
 * Content tabs as PyMdown Extensions make them, turned into tabs that a keyboard and a screen reader know. A choice
 * holds for all tabs of that name: whoever reads the Go example wants the next one in Go as well.
 */
const KEY = 'atrium-docs-tab';

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(label: string): void {
  try {
    localStorage.setItem(KEY, label);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
}

const tabsOf = (set: Element) => [
  ...set.querySelectorAll<HTMLElement>(':scope > [role="tablist"] > [role="tab"]'),
];

function choose(set: Element, chosen: HTMLElement): void {
  for (const tab of tabsOf(set)) {
    const on = tab === chosen;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    const panel = set.querySelector<HTMLElement>(`#${CSS.escape(tab.getAttribute('aria-controls') ?? '')}`);
    if (panel) panel.hidden = !on;
  }
}

let made = 0;

function makeTab(label: Element, panel: HTMLElement): HTMLElement {
  made += 1;
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.setAttribute('role', 'tab');
  tab.id = `doc-tab-${made}`;
  tab.setAttribute('aria-controls', `doc-panel-${made}`);
  tab.append(...label.childNodes);
  panel.id = `doc-panel-${made}`;
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', tab.id);
  panel.tabIndex = 0;
  // Shown where all panels are printed.
  panel.dataset.title = tab.textContent ?? '';
  return tab;
}

/** Turns sets of labels and blocks into tabs. */
export function prepareTabs(root: Element): void {
  for (const set of root.querySelectorAll<HTMLElement>('.tabbed-set')) {
    const labels = [...set.querySelectorAll(':scope > .tabbed-labels > *')];
    const panels = [...set.querySelectorAll<HTMLElement>(':scope > .tabbed-content > .tabbed-block')];
    if (labels.length === 0 || labels.length !== panels.length) continue;
    set.dataset.tabs = '';
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.className = 'doc-tabs';
    const tabs = labels.flatMap((label, index) => {
      const panel = panels[index];
      return panel ? [makeTab(label, panel)] : [];
    });
    list.append(...tabs);
    set.querySelector('.tabbed-labels')?.replaceWith(list);
    for (const input of set.querySelectorAll(':scope > input')) input.remove();
    const before = remembered();
    const first = tabs.find((tab) => tab.textContent === before) ?? tabs[0];
    if (first) choose(set, first);
  }
}

/** Chooses a tab, and those of the same name in the other sets, without a jump of what was pressed. */
export function chooseTab(root: Element, tab: HTMLElement): void {
  const label = tab.textContent ?? '';
  const top = tab.getBoundingClientRect().top;
  for (const set of root.querySelectorAll('[data-tabs]')) {
    const same = tabsOf(set).find((one) => one === tab || one.textContent === label);
    if (same) choose(set, set.contains(tab) && tabsOf(set).includes(tab) ? tab : same);
  }
  remember(label);
  window.scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: 'instant' });
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** Arrows, Home and End move between the tabs of a set. @returns whether the key was meant for them. */
export function moveTab(root: Element, tab: HTMLElement, key: string): boolean {
  const set = tab.closest('[data-tabs]');
  if (!set) return false;
  const tabs = tabsOf(set);
  const step = steps[key];
  const at = tabs.indexOf(tab);
  const next =
    key === 'Home'
      ? tabs[0]
      : key === 'End'
        ? tabs.at(-1)
        : step === undefined
          ? undefined
          : tabs[(at + step + tabs.length) % tabs.length];
  if (!next) return false;
  chooseTab(root, next);
  next.focus();
  return true;
}
