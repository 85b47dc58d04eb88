/**
 * How much room the elements of an SVG take, for a document that nobody lays out. Curves are taken for the hull of
 * their points, which is never too small.
 */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As in SVG: x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
type Point = readonly [x: number, y: number];

const numbers = (text: string | null): number[] =>
  (text?.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);

export const numberOf = (element: Element, name: string): number =>
  numbers(element.getAttribute(name))[0] ?? 0;

export function boxOf(points: readonly Point[]): Box | undefined {
  if (points.length === 0) return undefined;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

const corners = ({ x, y, width, height }: Box): Point[] => [
  [x, y],
  [x + width, y],
  [x, y + height],
  [x + width, y + height],
];

function matrixOf(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third] = values;
  if (name === 'translate') return [1, 0, 0, 1, first, second ?? 0];
  if (name === 'scale') return [first, 0, 0, second ?? first, 0, 0];
  if (name === 'rotate') {
    const angle = (first * Math.PI) / 180;
    const [cos, sin, cx, cy] = [Math.cos(angle), Math.sin(angle), second ?? 0, third ?? 0];
    return [cos, sin, -sin, cos, cx - cos * cx + sin * cy, cy - sin * cx - cos * cy];
  }
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = name === 'matrix' ? values : [];
  return [a, b, c, d, e, f];
}

/** Where the points of an element lie among those of its parent. */
function moved(points: readonly Point[], transform: string | null): readonly Point[] {
  const steps = [...(transform ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)];
  return steps.reduceRight<readonly Point[]>((all, [, name = '', values = '']) => {
    const [a, b, c, d, e, f] = matrixOf(name, numbers(values));
    return all.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
  }, points);
}

/** How many numbers each command of a path takes. */
const taken: Record<string, number> = { M: 2, L: 2, T: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7 };

/** The points through which a path goes, and those that draw its curves. */
export function pathPoints(d: string): Point[] {
  const points: Point[] = [];
  let [x, y] = [0, 0];
  for (const [, letter = '', text = ''] of d.matchAll(/([MLHVCSQTAZ])([^MLHVCSQTAZ]*)/gi)) {
    const command = letter.toUpperCase();
    const size = taken[command];
    const values = numbers(text);
    const [fromX, fromY] = letter === command ? [0, 0] : [1, 1];
    for (let at = 0; size !== undefined && at + size <= values.length; at += size) {
      const part = values.slice(at, at + size);
      const [originX, originY] = [fromX * x, fromY * y];
      const ends = command === 'A' ? part.slice(5) : part;
      if (command === 'H') x = originX + (part[0] ?? 0);
      else if (command === 'V') y = originY + (part[0] ?? 0);
      else {
        for (let index = 0; index < ends.length; index += 2) {
          x = originX + (ends[index] ?? 0);
          y = originY + (ends[index + 1] ?? 0);
          points.push([x, y]);
        }
      }
      points.push([x, y]);
    }
  }
  return points;
}

type Shape = (element: Element) => readonly Point[];

const rectangle: Shape = (element) =>
  corners({
    x: numberOf(element, 'x'),
    y: numberOf(element, 'y'),
    width: numberOf(element, 'width'),
    height: numberOf(element, 'height'),
  });

function oval(element: Element, rx: number, ry: number): readonly Point[] {
  const [cx, cy] = [numberOf(element, 'cx'), numberOf(element, 'cy')];
  return corners({ x: cx - rx, y: cy - ry, width: 2 * rx, height: 2 * ry });
}

const polygon: Shape = (element) => {
  const values = numbers(element.getAttribute('points'));
  return values.flatMap((x, index) => (index % 2 === 0 ? [[x, values[index + 1] ?? 0] as const] : []));
};

const shapes: Record<string, Shape> = {
  rect: rectangle,
  image: rectangle,
  foreignobject: rectangle,
  circle: (element) => oval(element, numberOf(element, 'r'), numberOf(element, 'r')),
  ellipse: (element) => oval(element, numberOf(element, 'rx'), numberOf(element, 'ry')),
  line: (element) => [
    [numberOf(element, 'x1'), numberOf(element, 'y1')],
    [numberOf(element, 'x2'), numberOf(element, 'y2')],
  ],
  polygon,
  polyline: polygon,
  path: (element) => pathPoints(element.getAttribute('d') ?? ''),
};

const containers = new Set(['g', 'svg', 'a', 'switch']);

/** Its points in its own coordinates; none for what is not drawn where it stands. */
function pointsOf(element: Element, textBox: (element: Element) => Box): readonly Point[] {
  const name = element.localName.toLowerCase();
  const shape = shapes[name];
  if (shape) return shape(element);
  if (name === 'text' || name === 'tspan') return element.textContent ? corners(textBox(element)) : [];
  if (!containers.has(name)) return [];
  return [...element.children].flatMap((child) =>
    moved(pointsOf(child, textBox), child.getAttribute('transform')),
  );
}

/** As `getBBox` of SVG. */
export function measure(element: Element, textBox: (element: Element) => Box): Box {
  return boxOf(pointsOf(element, textBox)) ?? { x: 0, y: 0, width: 0, height: 0 };
}
