import { AxeBuilder } from '@axe-core/playwright';
import { openBrowser, openContext, visit } from './browser.ts';
import { pages } from './pages.ts';
const base = 'http://127.0.0.1:5199';
const b = await openBrowser();
const names = ['catalog-peek', 'entity', 'graph', 'sources', 'source', 'sources-problems', 'review', 'entity-api'];
for (const [size, scheme] of [['desktop', 'dark'], ['phone', 'light']]) {
  const c = await openContext(b, { size, scheme } as any);
  const p = await c.newPage(); p.setDefaultTimeout(15000);
  p.on('pageerror', e => console.log('pageerror', e.message.slice(0, 300)));
  for (const pg of pages) {
    if (!names.includes(pg.name)) continue;
    try {
    const t = Date.now(); await visit(p, base + pg.path); const took = Date.now() - t; if (took > 2500) console.log('slow', pg.name, took);
    await p.screenshot({ path: `/tmp/shots/${pg.name}-${size}-${scheme}.png` });
    const { violations } = await new AxeBuilder({ page: p }).analyze();
    for (const v of violations) console.log(v.id, '|', pg.name, size, scheme, '|', v.nodes.slice(0, 2).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? n.failureSummary ?? '').slice(0, 140)).join(' || '));
    } catch (e: any) { console.log('FAIL', pg.name, size, e.message.slice(0, 200)); }
  }
  if (size === 'phone') {
    await visit(p, base + '/catalog'); await p.getByRole('button', { name: 'Filters' }).click(); await p.waitForTimeout(400); await p.screenshot({ path: '/tmp/shots/x-filters-phone.png' });
    for (const v of (await new AxeBuilder({ page: p }).analyze()).violations) console.log('filters', v.id, v.nodes[0]?.html.slice(0, 200));
    await p.setViewportSize({ width: 320, height: 640 }); for (const pg of pages.filter(x => x.name.includes('source'))) { await visit(p, base + pg.path); const o = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (o > 0) { console.log('OVERFLOW320', pg.name, o, await p.evaluate(() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4).map(e => e.outerHTML.slice(0, 120)).join(' ## '))); } } }
  else {
    await visit(p, base + '/'); await p.keyboard.press('Control+k'); await p.getByRole('combobox').waitFor(); await p.keyboard.type('check'); await p.waitForTimeout(700); await p.screenshot({ path: '/tmp/shots/x-palette.png' });
    for (const v of (await new AxeBuilder({ page: p }).analyze()).violations) console.log('palette', v.id, v.nodes[0]?.html.slice(0, 200));
    await visit(p, base + '/catalog/default/component/checkout-api?tab=api'); await p.getByRole('button', { name: /checkouts Freeze/ }).click(); await p.waitForTimeout(300); await p.screenshot({ path: '/tmp/shots/x-op.png' });
    await p.getByRole('button', { name: /see who says so/ }).click(); await p.waitForTimeout(300); await p.screenshot({ path: '/tmp/shots/x-why.png' });
    for (const v of (await new AxeBuilder({ page: p }).analyze()).violations) console.log('why', v.id, v.nodes[0]?.html.slice(0, 200));
  }
  await c.close();
}
await b.close();
