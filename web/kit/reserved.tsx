import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';
import { SkeletonRows } from './states.tsx';

const ROW_PX = 38;
const keyOf = (name: string) => `atrium-height-${name}`;

function heightOf(name: string): number {
  const height = Number(localStorage.getItem(keyOf(name)));
  return Number.isSafeInteger(height) && height > 0 ? height : 0;
}

interface Props {
  /** Under which the height is kept on this machine. */
  name: string;
  /** What belongs here is on its way. */
  waiting: boolean;
  children?: ReactNode;
}

/** Keeps the height that its content had last time until it is there, so that nothing below it jumps. */
export function Reserved({ name, waiting, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!waiting) localStorage.setItem(keyOf(name), String(Math.ceil(box.current?.offsetHeight ?? 0)));
  });
  const height = waiting ? heightOf(name) : 0;
  return (
    <div ref={box} style={waiting ? { minHeight: height } : undefined}>
      {waiting ? height > 0 && <SkeletonRows rows={Math.floor(height / ROW_PX)} /> : children}
    </div>
  );
}
