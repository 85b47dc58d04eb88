export type State = 'left' | 'sorted' | 'out' | 'delivered' | 'returned';

const byCode: Record<string, State> = {
  AA: 'left',
  DC: 'sorted',
  OF: 'out',
  OK: 'delivered',
  RT: 'returned',
};

/** The plain state of a carrier's scan code; unknown codes change nothing. */
export function state(code: string): State | undefined {
  return byCode[code.slice(0, 2).toUpperCase()];
}
