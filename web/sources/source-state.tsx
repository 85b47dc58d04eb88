import { messages } from '#web/kit/messages.ts';
import { Status } from '#web/kit/status.tsx';
import type { Sources } from './queries.ts';

type Source = Sources['sources'][number];
const text = messages.sources;

export function SourceState({ source }: { source: Source }) {
  if (source.state === 'failed') return <Status tone="bad">{text.state.failed}</Status>;
  if (source.state === 'reading') {
    const { progress } = source;
    return (
      <Status tone="quiet">{progress ? text.of(progress.done, progress.total) : text.state.reading}</Status>
    );
  }
  if (source.stale) return <Status tone="warn">{text.late}</Status>;
  return <Status tone={source.state === 'watching' ? 'good' : 'quiet'}>{text.state[source.state]}</Status>;
}
