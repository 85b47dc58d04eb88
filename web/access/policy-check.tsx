import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { ErrorState } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './access.module.css';
import { checkQuery, type Policy } from './queries.ts';

const text = messages.access.policy;

/** “May X do Y to Z, and why?” The question is in the address, so that it can be sent to a colleague. */
export function PolicyCheck({ policy }: { policy: Policy }) {
  const url = useUrl();
  const principal = url.one('who') ?? '';
  const permission = url.one('act') ?? policy.permissions[0]?.name ?? '';
  const target = url.one('on');
  const ofEntity = policy.permissions.find(({ name }) => name === permission)?.ofEntity ?? false;
  const check = useQuery(checkQuery({ principal, permission, target: ofEntity ? target : undefined }));
  return (
    <Section title={text.check}>
      <p className={styles.quiet}>{text.checkHint}</p>
      <div className={styles.checkForm}>
        <EntityPicker
          label={text.who}
          value={principal || undefined}
          kinds={['User']}
          onPick={(ref) => url.set({ who: ref })}
        />
        <NativeSelect
          label={text.permission}
          value={permission}
          data={policy.permissions.map(({ name, summary }) => ({ value: name, label: summary }))}
          onChange={(event) => url.set({ act: event.currentTarget.value })}
        />
        {ofEntity && (
          <EntityPicker label={text.target} value={target} onPick={(ref) => url.set({ on: ref })} />
        )}
      </div>
      {check.error && <ErrorState error={check.error} />}
      {check.data && (
        <div className={styles.answer} role="status">
          <Status tone={check.data.allowed ? 'good' : 'bad'}>
            {check.data.allowed ? text.yes : text.no}
          </Status>
          <ul>
            {check.data.why.map(({ text: reason }) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
