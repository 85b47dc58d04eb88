import { Button, Code, CopyButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '#server/access/contract.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './access.module.css';
import { type CreatedToken, revokeToken, type Token, tokensQuery } from './queries.ts';
import { TokenForm } from './token-form.tsx';

const text = messages.access.token;

function Revoke({ token }: { token: Token }) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <Button
      h={28}
      loading={revoking.isPending}
      aria-label={`${text.revoke} ${token.name}`}
      onClick={() => revoking.mutate()}
    >
      {text.revoke}
    </Button>
  );
}

const columns = (all: boolean): readonly Column<Token>[] => [
  {
    id: 'name',
    label: text.name,
    cell: (token) => (
      <span className={styles.stack}>
        <b>{token.name}</b>
        <span className={styles.quiet} title={token.scopes.join(', ')}>
          {text.may(token.scopes.length)}
          {token.kind === 'machine' && ` · ${text.kinds.machine.toLowerCase()}`}
        </span>
      </span>
    ),
  },
  ...(all
    ? [{ id: 'owner', label: text.owner, wideOnly: true, cell: (token: Token) => refName(token.owner) }]
    : []),
  { id: 'made', label: text.created, wideOnly: true, cell: (token) => <Time at={token.createdAt} /> },
  {
    id: 'used',
    label: text.used,
    wideOnly: true,
    cell: (token) => (
      <span title={token.lastUsedFrom ?? ''}>
        <Time at={token.lastUsedAt} />
      </span>
    ),
  },
  { id: 'end', label: messages.access.expires, cell: (token) => <Time at={token.expiresAt} /> },
  { id: 'act', label: text.revoke, plain: true, numeric: true, cell: (token) => <Revoke token={token} /> },
];

/** The one moment in which a token can be read. */
function Made({ made, onDone }: { made: CreatedToken; onDone: () => void }) {
  return (
    <div className={styles.made} role="status">
      <p>
        <b>{made.token.name}</b>: {text.made}
      </p>
      <div className={styles.secret}>
        <Code block>{made.secret}</Code>
        <CopyButton value={made.secret}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{copied ? messages.kit.copied : messages.kit.copy}</Button>
          )}
        </CopyButton>
        <Button variant="filled" onClick={onDone}>
          {text.done}
        </Button>
      </div>
    </div>
  );
}

export function TokensTab({ session }: { session: Session }) {
  const all = session.may.includes('access.token.all');
  const tokens = useQuery(tokensQuery(all));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<CreatedToken>();
  const make = !making && !made && session.may.includes('access.token.own') && (
    <Button variant="filled" h={28} onClick={() => setMaking(true)}>
      {text.make}
    </Button>
  );
  return (
    <Section title={all ? text.all : text.mine} more={make}>
      {made && <Made made={made} onDone={() => setMade(undefined)} />}
      {making && (
        <TokenForm
          session={session}
          onCancel={() => setMaking(false)}
          onMade={(created) => {
            setMaking(false);
            setMade(created);
          }}
        />
      )}
      <Load query={tokens} rows={3}>
        {({ tokens: items }) =>
          items.length === 0 ? (
            !making && <EmptyState title={text.empty} hint={text.emptyHint} />
          ) : (
            <DataTable label={text.mine} columns={columns(all)} items={items} keyOf={({ id }) => id} />
          )
        }
      </Load>
    </Section>
  );
}
