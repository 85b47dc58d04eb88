import { ButtonLink } from '#web/kit/button-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { readRef } from '#web/kit/ref.ts';
import { campaignPath, scorecardPath } from './queries.ts';

/** On the catalog's page of a standard: the way to what it says. */
export function StandardLink({ entityRef }: { entityRef: string }) {
  const isCampaign = readRef(entityRef).kind === 'campaign';
  return (
    <Section title={messages.shell.standards}>
      <ButtonLink to={isCampaign ? campaignPath(entityRef) : scorecardPath(entityRef)}>
        {messages.shell.standing}
      </ButtonLink>
    </Section>
  );
}
