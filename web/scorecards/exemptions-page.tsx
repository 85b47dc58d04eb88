import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { ExemptionList } from './exemption-item.tsx';
import { type Exemptions, exemptionsQuery } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.exemption;

function Lists({ items }: Exemptions) {
  if (items.length === 0) {
    return (
      <EmptyState
        title={text.empty}
        hint={text.emptyHint}
        action={<ButtonLink to="/scorecards">{scorecardMessages.entity.see}</ButtonLink>}
      />
    );
  }
  const asked = items.filter(({ state }) => state === 'asked');
  const inForce = items.filter(({ state }) => state === 'granted');
  const past = items.filter(({ state }) => state !== 'asked' && state !== 'granted');
  return (
    <>
      <Section title={text.open}>
        {asked.length === 0 ? (
          <p className={styles.quiet}>{text.noneOpen}</p>
        ) : (
          <ExemptionList items={asked} />
        )}
      </Section>
      <Section title={text.inForce}>
        {inForce.length === 0 ? (
          <p className={styles.quiet}>{text.noneInForce}</p>
        ) : (
          <ExemptionList items={inForce} />
        )}
      </Section>
      {past.length > 0 && (
        <Section title={text.past}>
          <ExemptionList items={past} />
        </Section>
      )}
    </>
  );
}

/** Who is let off from what, who asks to be, and the decision. */
export function ExemptionsPage() {
  const exemptions = useQuery(exemptionsQuery({}));
  const asked = exemptions.data?.items.filter(({ state }) => state === 'asked').length;
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: scorecardMessages.title, to: '/scorecards' }]}
        facts={asked !== undefined && <span>{text.facts(asked)}</span>}
      />
      <div className={styles.page}>
        <Load query={exemptions}>{(data) => <Lists items={data.items} />}</Load>
      </div>
    </>
  );
}
