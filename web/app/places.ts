/** Where the navigation leads; on a phone, the first of them stand in the bar and the rest behind “More”. */
import {
  BookOpen,
  Coins,
  Database,
  History,
  House,
  type LucideIcon,
  Medal,
  Rows3,
  SquareCheck,
  Stamp,
  UsersRound,
  Waypoints,
  Zap,
} from 'lucide-react';
import { messages } from '#web/kit/messages.ts';

const text = messages.shell;

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
  /** In the bar of a phone. */
  inBar?: true;
}

export const places: readonly Place[] = [
  { to: '/', label: text.home, icon: House, inBar: true },
  { to: '/catalog', label: text.catalog, icon: Rows3, inBar: true },
  { to: '/actions', label: text.actions, icon: Zap, inBar: true },
  { to: '/runs', label: text.runs, icon: History },
  { to: '/graph', label: text.graph, icon: Waypoints },
  { to: '/teams', label: text.teams, icon: UsersRound },
  { to: '/scorecards', label: text.scorecards, icon: Medal },
  { to: '/docs', label: text.docs, icon: BookOpen },
  { to: '/approvals', label: text.approvals, icon: Stamp, inBar: true },
  { to: '/debt', label: text.debt, icon: Coins },
  { to: '/sources', label: text.sources, icon: Database },
  { to: '/review', label: text.review, icon: SquareCheck },
];

/** Pages that have no place of their own in the navigation: the palette knows them. */
export const furtherPages: readonly Pick<Place, 'to' | 'label'>[] = [
  { to: '/campaigns', label: text.campaigns },
  { to: '/scorecards/exemptions', label: text.exemptions },
  { to: '/scorecards/editor', label: text.scorecardEditor },
  { to: '/actions/editor', label: text.templateEditor },
  { to: '/docs/problems', label: text.docProblems },
  { to: '/docs/gaps', label: text.docGaps },
];
