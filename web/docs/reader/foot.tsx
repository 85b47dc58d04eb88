import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Flag } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { useMay } from '#web/kit/session.ts';
import { docsPath, keptSearch } from '../paths.ts';
import type { DocPage } from '../queries.ts';
import styles from './foot.module.css';
import { WasUseful } from './useful.tsx';

const ReportSheet = lazy(() =>
  import('./report-sheet.tsx').then((module) => ({ default: module.ReportSheet })),
);

const text = docsMessages.reader;

/** Opens the form; what is selected stays so, for pressing the button does not take the focus. */
export function ReportButton({ page }: { page: DocPage }) {
  const [selection, setSelection] = useState<string>();
  const open = async () => {
    const { selectedText } = await import('./report-sheet.tsx');
    setSelection(selectedText());
  };
  return (
    <>
      <Button
        leftSection={<Flag size={14} aria-hidden="true" />}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void open()}
      >
        {docsMessages.respond.report}
      </Button>
      {selection !== undefined && (
        <Suspense fallback={null}>
          <ReportSheet page={page} selection={selection} onClose={() => setSelection(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Neighbours({ page, version }: { page: DocPage; version: string | undefined }) {
  const { previous, next } = page;
  if (!previous && !next) return null;
  const search = keptSearch(version) as never;
  return (
    <nav className={styles.neighbours} aria-label={text.neighbours}>
      {previous && (
        <Link to={docsPath(page.ref, previous.page)} search={search} rel="prev">
          <span>
            <ArrowLeft size={13} aria-hidden="true" /> {text.previous}
          </span>
          <b>{previous.title}</b>
        </Link>
      )}
      {next && (
        <Link to={docsPath(page.ref, next.page)} search={search} rel="next" className={styles.next}>
          <span>
            {text.next} <ArrowRight size={13} aria-hidden="true" />
          </span>
          <b>{next.title}</b>
        </Link>
      )}
    </nav>
  );
}

/** What comes after a page: whether it helped, what is wrong with it, and where one goes on. */
export function PageFoot({ page, version }: { page: DocPage; version: string | undefined }) {
  const mayRespond = useMay('docs.respond');
  return (
    <footer className={styles.foot}>
      {mayRespond && (
        <div className={styles.respond}>
          <WasUseful page={page} version={version} />
          <ReportButton page={page} />
        </div>
      )}
      <Neighbours page={page} version={version} />
      <p className={styles.keys}>{text.keys}</p>
    </footer>
  );
}
