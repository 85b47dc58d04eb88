/** An element of ours among those of the page: what it says is no part of the text. */
export function tool<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.dataset.tool = '';
  return element;
}
