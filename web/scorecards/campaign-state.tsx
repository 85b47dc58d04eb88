import { count } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import type { CampaignCard } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.campaign;
const tones: Record<CampaignCard['state'], Tone> = {
  planned: 'quiet',
  running: 'warn',
  done: 'good',
  overdue: 'bad',
};

export function CampaignState({ state }: Pick<CampaignCard, 'state'>) {
  return <Status tone={tones[state]}>{text.state[state]}</Status>;
}

/** How much is done, as a bar and in numbers. */
export function Progress({ left, total }: { left: number; total: number }) {
  const done = total === 0 ? 100 : Math.floor(((total - left) / total) * 100);
  return (
    <span className={styles.progress}>
      <span aria-hidden="true">
        <i style={{ width: `${done}%` }} />
      </span>
      <span>{text.leftOf(count(left), count(total))}</span>
    </span>
  );
}
