import { CloseButton, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './kit.module.css';
import { messages } from './messages.ts';

interface Props {
  label: string;
  side: 'left' | 'right';
  onClose: () => void;
  children: ReactNode;
}

/** A drawer over the page, for narrow windows. */
export function Sheet({ label, side, onClose, children }: Props) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position={side}
      size={420}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': label } }}
    >
      <div className={styles.sheetHead}>
        <h2>{label}</h2>
        <CloseButton aria-label={messages.kit.close} onClick={onClose} size={30} />
      </div>
      {children}
    </Drawer>
  );
}
