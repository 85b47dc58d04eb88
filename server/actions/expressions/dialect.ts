/** `cookiecutter`: variables are `{{ … }}`, and lists have slices, as in Python. */
export interface Dialect {
  cookiecutter?: boolean;
  trimBlocks?: boolean;
  lstripBlocks?: boolean;
}

/** Whether nothing in a text is to be rendered. */
export function isPlain(text: string, { cookiecutter = false }: Dialect = {}): boolean {
  const start = cookiecutter ? '{{' : `$${'{{'}`;
  return !(text.includes(start) || text.includes('{%') || text.includes('{#'));
}
