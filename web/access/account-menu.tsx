import { Menu, UnstyledButton } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { LogOut, Settings, UserRound, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '#server/access/contract.ts';
import { messages } from '#web/kit/messages.ts';
import { Initials } from '#web/kit/party.tsx';
import { entityPath } from '#web/kit/ref.ts';
import styles from './access.module.css';
import { useSignOut, useViewAs } from './use-leave.ts';
import { ViewAsDialog } from './view-as-dialog.tsx';

const text = messages.access;
const icon = { size: 15, strokeWidth: 1.7, 'aria-hidden': true } as const;

function nameOf({ mode, principal, viewingAs }: Session): string {
  return mode === 'local' && !viewingAs ? text.localName : principal.name;
}

function Local({ session, onPick }: { session: Session; onPick: () => void }) {
  const viewing = useViewAs();
  return (
    <>
      <Menu.Item leftSection={<UsersRound {...icon} />} onClick={onPick}>
        {text.viewAs}
      </Menu.Item>
      {session.viewingAs && <Menu.Item onClick={() => viewing.mutate(null)}>{text.backToSelf}</Menu.Item>}
    </>
  );
}

/** Who looks at the portal, and what concerns them alone. */
export function AccountMenu({ session }: { session: Session }) {
  const [picking, setPicking] = useState(false);
  const leaving = useSignOut();
  const name = nameOf(session);
  const { ref } = session.principal;
  const here = useRouterState({ select: ({ location }) => location.href });
  if (!session.signedIn) {
    return (
      <Link to="/sign-in" search={here === '/' ? {} : { to: here }} className={styles.signIn}>
        {text.signIn}
      </Link>
    );
  }
  return (
    <>
      <Menu position="bottom-end" width={220} transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <UnstyledButton className={styles.account}>
            <Initials title={name} />
            <span className="visually-hidden">{text.account}: </span>
            <span className={styles.accountName}>{name}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {ref && (
            <Menu.Item component={Link} to={entityPath(ref)} leftSection={<UserRound {...icon} />}>
              {text.myPage}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to="/settings" leftSection={<Settings {...icon} />}>
            {text.title}
          </Menu.Item>
          {session.mode === 'local' ? (
            <Local session={session} onPick={() => setPicking(true)} />
          ) : (
            <Menu.Item leftSection={<LogOut {...icon} />} onClick={() => leaving.mutate(false)}>
              {text.signOut}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {picking && <ViewAsDialog onClose={() => setPicking(false)} />}
    </>
  );
}
