/** What the page and the worker that draws say to each other. */

/** Colours as the page has them. */
export interface Palette {
  dark: boolean;
  background: string;
  panel: string;
  sunk: string;
  line: string;
  strongLine: string;
  text: string;
  dim: string;
  accent: string;
  accentBackground: string;
  warn: string;
  bad: string;
  /** Of what is told apart by colour alone, as the slices of a pie are. */
  series: readonly string[];
}

export interface Order {
  id: number;
  source: string;
  palette: Palette;
}

export interface Drawing {
  /** A whole document, of type image/svg+xml. */
  svg: string;
  /** Pixels. */
  width: number;
  height: number;
  /** What is to be seen, for those who do not see it. */
  description: string;
}

export type Reply = { id: number } & ({ drawing: Drawing } | { error: string });
