/** Plugins of markdown-it's own organisation that come without types. */
declare module 'markdown-it-abbr' {
  import type { MarkdownIt } from 'markdown-it';
  export default function abbreviations(md: MarkdownIt): void;
}
declare module 'markdown-it-emoji/lib/data/full.mjs' {
  const characters: Record<string, string>;
  export default characters;
}
declare module 'markdown-it-footnote' {
  import type { MarkdownIt } from 'markdown-it';
  export default function footnotes(md: MarkdownIt): void;
}
declare module 'markdown-it-mark' {
  import type { MarkdownIt } from 'markdown-it';
  export default function marks(md: MarkdownIt): void;
}
declare module 'markdown-it-sub' {
  import type { MarkdownIt } from 'markdown-it';
  export default function subscripts(md: MarkdownIt): void;
}
declare module 'markdown-it-sup' {
  import type { MarkdownIt } from 'markdown-it';
  export default function superscripts(md: MarkdownIt): void;
}
