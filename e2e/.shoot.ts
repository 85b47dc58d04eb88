import { mkdirSync } from 'node:fs';
import { openBrowser, openContext, visit } from '/work/main/e2e/browser.ts';
import { pages } from '/work/main/e2e/pages.ts';

const base = process.env.BASE ?? 'http://127.0.0.1:7117';
const only = process.argv[2]?.split(',');
const views = (process.argv[3] ?? 'desktop-light').split(',').map((v) => v.split('-'));
mkdirSync('/tmp/shots', { recursive: true });
const b = await openBrowser();
for (const [size, scheme] of views) {
  const c = await openContext(b, { size, scheme } as any);
  const p = await c.newPage();
  p.on('console', (m) => {
    if (m.type() === 'error') console.log('console', m.text().slice(0, 300));
  });
  p.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 600)));
  for (const pg of pages) {
    if (only && only[0] !== 'all' && !only.includes(pg.name)) continue;
    try {
      p.setDefaultTimeout(6000);
      await visit(p, base + pg.path);
      await p.waitForTimeout(500);
      const over = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) console.log('OVERFLOW', pg.name, size, over);
      await p.screenshot({ path: `/tmp/shots/${pg.name}-${size}-${scheme}.png` });
    } catch (e: any) {
      console.log('FAIL', pg.name, e.message.slice(0, 300));
      await p.screenshot({ path: `/tmp/shots/${pg.name}-${size}-${scheme}.png` });
    }
  }
  await c.close();
}
await b.close();
