import { useQuery } from '@tanstack/react-query';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import styles from './access.module.css';
import { PolicyCheck } from './policy-check.tsx';
import { type Policy, policyQuery } from './queries.ts';

const text = messages.access.policy;

/** What a role adds to those before it. */
function added(roles: Policy['roles'], index: number): Policy['roles'][number]['permissions'] {
  const before = new Set(roles.slice(0, index).flatMap(({ permissions }) => permissions));
  return roles[index]?.permissions.filter((name) => !before.has(name)) ?? [];
}

function Roles({ policy }: { policy: Policy }) {
  const summaries = new Map(policy.permissions.map(({ name, summary }) => [name, summary]));
  return (
    <Section title={text.roles}>
      <p className={styles.quiet}>{text.rolesHint}</p>
      <dl className={styles.roles}>
        {policy.roles.map(({ role, summary }, index) => (
          <div key={role}>
            <dt>
              <b>{role}</b> <span className={styles.quiet}>{summary}</span>
            </dt>
            <dd>
              {added(policy.roles, index)
                .map((name) => summaries.get(name) ?? name)
                .join(' · ')}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Grants({ policy }: { policy: Policy }) {
  return (
    <Section title={text.grants}>
      <ul className={styles.grants}>
        <li>
          <b>{text.everybody}</b> <span>{policy.defaultRole ?? text.none}</span>
        </li>
        <li>
          <b>{text.visitors}</b> <span>{policy.anonymousRole ?? text.none}</span>
        </li>
        {policy.grants.map(({ role, groups, people }) => (
          <li key={role + groups.join() + people.join()}>
            <span className={styles.chips}>
              {[...groups, ...people].map((ref) => (
                <EntityLink key={ref} entityRef={ref} glyph />
              ))}
            </span>
            <span>{role}</span>
          </li>
        ))}
      </ul>
      {policy.grants.length === 0 && <p className={styles.quiet}>{text.noGrants}</p>}
    </Section>
  );
}

/** `platform, group:default/security, only on Component`. */
function whom(rule: Policy['rules'][number]): string {
  const named = [...(rule.roles ?? []), ...(rule.groups ?? []), ...(rule.people ?? [])];
  return [
    named.join(', ') || text.ruleEverybody,
    ...(rule.kinds ? [text.ruleKinds(rule.kinds.join(', '))] : []),
    ...(rule.owned ? [text.ruleOwned] : []),
  ].join(', ');
}

function Rules({ policy }: { policy: Policy }) {
  return (
    <Section title={text.rules}>
      {policy.rules.length === 0 && <p className={styles.quiet}>{text.noRules}</p>}
      <ul className={styles.grants}>
        {policy.rules.map((rule) => (
          <li key={JSON.stringify(rule)}>
            <Status tone={rule.effect === 'allow' ? 'good' : 'bad'}>{text[rule.effect]}</Status>
            <span>
              {rule.permissions.join(', ')} <span className={styles.quiet}>{whom(rule)}</span>
              {rule.because && <span className={styles.quiet}> · {rule.because}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{text.source}</p>
    </Section>
  );
}

export function PolicyTab() {
  const policy = useQuery(policyQuery());
  return (
    <Load query={policy}>
      {(data) => (
        <>
          <PolicyCheck policy={data} />
          <Grants policy={data} />
          <Rules policy={data} />
          <Roles policy={data} />
        </>
      )}
    </Load>
  );
}
