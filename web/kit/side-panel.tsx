import { CloseButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import styles from './kit.module.css';
import { messages } from './messages.ts';
import { Sheet } from './sheet.tsx';

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** Beside what is being compared where there is room, over it where there is not. */
export function SidePanel({ label, onClose, children }: Props) {
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  if (!wide) {
    return (
      <Sheet label={label} side="right" onClose={onClose}>
        {children}
      </Sheet>
    );
  }
  return (
    <aside className={styles.panel} aria-label={label}>
      <CloseButton
        className={styles.panelClose ?? ''}
        aria-label={messages.kit.close}
        onClick={onClose}
        size={26}
      />
      {children}
    </aside>
  );
}
