/** Where the navigation leads; on a phone, the first of them stand in the bar and the rest behind “More”. */
import {
  Coins,
  Database,
  History,
  House,
  type LucideIcon,
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
  { to: '/approvals', label: text.approvals, icon: Stamp, inBar: true },
  { to: '/debt', label: text.debt, icon: Coins },
  { to: '/sources', label: text.sources, icon: Database },
  { to: '/review', label: text.review, icon: SquareCheck },
];
