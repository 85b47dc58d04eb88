/** The parts of nunjucks that are used, which its own types leave out. */
declare module 'nunjucks/browser/nunjucks.js' {
  type Helper = (this: unknown, ...args: unknown[]) => unknown;

  interface Nunjucks {
    parser: { parse(text: string, extensions: readonly [], options: object): unknown };
    runtime: { SafeString: new (text: string) => { toString(): string } };
    /** Makes the parser know slices of lists. @returns what takes that back. */
    installJinjaCompat(): () => void;
    Environment: new (
      loaders: readonly [],
      options: object,
    ) => { getFilter(name: string): Helper; getTest(name: string): Helper };
  }
  const nunjucks: Nunjucks;
  export default nunjucks;
}
