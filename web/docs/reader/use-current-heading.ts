import { useEffect, useState } from 'react';

/** Below the bars at the top of the window, with some air. */
const LINE = 132;

/** @returns the id of the heading that stands above what is being read. */
export function useCurrentHeading(headings: readonly { id: string }[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  const ids = headings.map(({ id }) => id).join('\n');
  useEffect(() => {
    let asked = 0;
    const look = () => {
      asked = 0;
      const article = document.querySelector('[data-article]');
      const found = ids.split('\n').flatMap((id) => {
        const element = id && article?.querySelector(`#${CSS.escape(id)}`);
        return element ? [{ id, top: element.getBoundingClientRect().top }] : [];
      });
      const page = document.documentElement;
      const atEnd =
        page.scrollHeight > page.clientHeight && scrollY + page.clientHeight >= page.scrollHeight - 2;
      const read = found.filter(({ top }) => top < (atEnd ? page.clientHeight : LINE));
      setCurrent((read.at(-1) ?? found[0])?.id);
    };
    const ask = () => {
      asked ||= requestAnimationFrame(look);
    };
    ask();
    window.addEventListener('scroll', ask, { passive: true });
    window.addEventListener('resize', ask);
    return () => {
      cancelAnimationFrame(asked);
      window.removeEventListener('scroll', ask);
      window.removeEventListener('resize', ask);
    };
  }, [ids]);
  return current;
}
