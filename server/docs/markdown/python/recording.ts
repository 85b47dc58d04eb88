/**
 * What Python-Markdown 3.4.1 with PyMdown Extensions 9.5 (and with an indent of 2, mdx_truly_sane_lists 1.3) makes of
 * some Markdown, recorded.
 */
export interface Recording {
  readonly name: string;
  readonly text: string;
  readonly html: string;
  readonly indent?: 2;
}
