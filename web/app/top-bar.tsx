import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Monitor, Moon, Search, Sun } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Session } from '#server/access/contract.ts';
import { messages } from '#web/kit/messages.ts';
import styles from './shell.module.css';

/** Menus and dialogs are a sixth of the first load, and nobody opens one in the first second. */
const AccountMenu = lazy(() =>
  import('#web/access/account-menu.tsx').then((module) => ({ default: module.AccountMenu })),
);

const text = messages.shell;
const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const icons = { auto: Monitor, light: Sun, dark: Moon };

function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = text.theme.label(text.theme[colorScheme]);
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(next[colorScheme])}>
      <Icon size={16} strokeWidth={1.7} />
    </ActionIcon>
  );
}

const shortcut = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘K' : 'Ctrl K';

interface Props {
  onSearch: () => void;
  sample: boolean;
  session: Session | undefined;
}

export function TopBar({ onSearch, sample, session }: Props) {
  return (
    <header className={styles.top}>
      <button
        type="button"
        className={styles.find}
        onClick={onSearch}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K /"
      >
        <Search size={15} strokeWidth={1.8} aria-hidden="true" />
        <span className={styles.findText}>{text.search}</span>
        <span className={styles.key} aria-hidden="true">
          {shortcut}
        </span>
      </button>
      <div className={styles.tools}>
        {sample && (
          <Link to="/sources" className={styles.sample} title={text.sampleHint}>
            {text.sample}
          </Link>
        )}
        <ThemeToggle />
        <Suspense fallback={null}>{session && <AccountMenu session={session} />}</Suspense>
      </div>
    </header>
  );
}
