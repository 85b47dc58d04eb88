import { Button } from '@mantine/core';
import { List, PanelLeft } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { docsMessages } from '#web/kit/messages/docs.ts';
import styles from './reader.module.css';

const Sheet = lazy(() => import('#web/kit/sheet.tsx').then((module) => ({ default: module.Sheet })));

const text = docsMessages.reader;

/** A pane at the side; `onGo` is called when something in it leads on. */
export type Pane = (onGo?: () => void) => ReactNode;
export type SheetName = 'pages' | 'contents';

interface Props {
  left: Pane;
  right?: Pane | undefined;
  /** What is open over the page, where there is no room beside it. */
  sheet: SheetName | undefined;
  onSheet: (name: SheetName | undefined) => void;
  children: ReactNode;
}

/** Three panes: the site, the page, what is on the page. Where there is no room, those at the sides open over it. */
export function Frame({ left, right, sheet, onSheet, children }: Props) {
  const close = () => onSheet(undefined);
  const pane = sheet === 'pages' ? left : sheet === 'contents' ? right : undefined;
  return (
    <div className={styles.container}>
      <div className={styles.reader} data-reader="">
        <div className={styles.bar}>
          <Button
            leftSection={<PanelLeft size={15} aria-hidden="true" />}
            aria-haspopup="dialog"
            className={styles.toPages ?? ''}
            onClick={() => onSheet('pages')}
          >
            {text.pages}
          </Button>
          {right && (
            <Button
              leftSection={<List size={15} aria-hidden="true" />}
              aria-haspopup="dialog"
              className={styles.toContents ?? ''}
              onClick={() => onSheet('contents')}
            >
              {text.contents}
            </Button>
          )}
        </div>
        <div className={styles.left}>{left()}</div>
        <div className={styles.middle}>{children}</div>
        <aside className={styles.right} aria-label={text.contents}>
          {right?.()}
        </aside>
      </div>
      {pane && sheet && (
        <Suspense fallback={null}>
          <Sheet
            label={sheet === 'pages' ? text.pages : text.contents}
            side={sheet === 'pages' ? 'left' : 'right'}
            onClose={close}
          >
            {pane(close)}
          </Sheet>
        </Suspense>
      )}
    </div>
  );
}

/** Whether the frame has room for a pane; what is not shown has no box. */
export function isShown(pane: 'left' | 'right'): boolean {
  const name = styles[pane];
  const element = name ? document.querySelector<HTMLElement>(`.${CSS.escape(name)}`) : null;
  return element !== null && element.offsetParent !== null;
}
