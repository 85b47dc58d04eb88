/** Addresses in prose are links, if they begin with `https://`, `http://`, `ftp://` or `www.`. */
import type { MarkdownIt } from 'markdown-it';

const host = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#][^\s<>"'`]*[^\s<>"'`.,;:!?)\]])?/i;
const longest = 1000;

export function bareLinks(md: MarkdownIt): void {
  md.set({ linkify: true });
  md.linkify
    .set({ fuzzyLink: false, fuzzyIP: false })
    .add('//', null)
    .add('www.', {
      validate: (text, at) => host.exec(text.slice(at, at + longest))?.[0].length ?? 0,
      normalize: (match) => {
        match.url = `http://${match.url}`;
      },
    });
}
