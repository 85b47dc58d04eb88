/** What the layout and the canvas agree on. */

export const NODE_HEIGHT = 36;

export interface Placed {
  x: number;
  y: number;
  width: number;
}
export type Layout = ReadonlyMap<string, Placed>;
