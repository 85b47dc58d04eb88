import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { useSession } from '#web/kit/session.ts';
import { SkeletonRows } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './access.module.css';
import { AccountTab } from './account-tab.tsx';
import { AuditTab } from './audit-tab.tsx';
import { PolicyTab } from './policy-tab.tsx';
import { SessionsTab } from './sessions-tab.tsx';
import { TokensTab } from './tokens-tab.tsx';

const text = messages.access;
const contents = {
  account: AccountTab,
  tokens: TokensTab,
  policy: PolicyTab,
  sessions: SessionsTab,
  audit: AuditTab,
};
type TabId = keyof typeof contents;

/** Who one is, one's tokens, who may do what, and what was done. */
export function SettingsPage() {
  const url = useUrl();
  const session = useSession();
  if (!session) return <SkeletonRows />;
  const isShown: Partial<Record<TabId, boolean>> = {
    sessions: session.mode === 'sign-in' && session.may.includes('access.session.all'),
    audit: session.may.includes('audit.read'),
  };
  const ids = (Object.keys(contents) as TabId[]).filter((id) => isShown[id] ?? true);
  const value = ids.find((id) => id === url.one('tab')) ?? 'account';
  const Content = contents[value];
  return (
    <>
      <PageHead title={text.title} />
      <div className={styles.page}>
        <Tabs
          label={text.tabList}
          tabs={ids.map((id) => ({ id, label: text.tabs[id] }))}
          value={value}
          onChange={(id) => url.set({ tab: id === 'account' ? undefined : id }, { push: true })}
        >
          <Content session={session} />
        </Tabs>
      </div>
    </>
  );
}
