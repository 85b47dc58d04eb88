import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { useSession } from '#web/kit/session.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { type Begun, begunWith } from './descriptor.ts';
import { Editor } from './editor.tsx';
import { starter } from './starter.ts';

const text = scorecardMessages.editor;
const fresh: Begun = { text: starter, title: '', path: null, pack: false };

function Titled({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHead title={text.title} crumbs={[{ label: scorecardMessages.title, to: '/scorecards' }]} />
      {children}
    </>
  );
}

/** Writes a scorecard beside what it would say. @see Editor */
export function ScorecardEditorPage() {
  const of = useUrl().one('of');
  const session = useSession();
  const begun = useQuery({
    queryKey: ['scorecard-text', of],
    queryFn: ({ signal }) => (of ? begunWith(of, signal) : fresh),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (session && !session.may.includes('scorecard.try')) {
    return (
      <Titled>
        <EmptyState hint={text.mayNot} />
      </Titled>
    );
  }
  if (begun.data) return <Editor key={of} of={of} begun={begun.data} />;
  return (
    <Titled>
      <Load query={begun}>{() => null}</Load>
    </Titled>
  );
}
