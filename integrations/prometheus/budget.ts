/** How much of what may go wrong has gone wrong. https://sre.google/workbook/error-budget-policy/ */
import { ask, type PrometheusDeps, QueryRefused } from './client.ts';
import type { Objective } from './objectives.ts';
import { countOver, secondsOf, shareOver } from './over-window.ts';

/** What is left of the budget of one objective. */
export interface Budget {
  name: string;
  target: number;
  window: string;
  /** Share of what was good in the window, from 0 to 1. */
  indicator: number;
  /** Share of the budget: 1 is all of it, 0 none, below 0 it is overdrawn. */
  remaining: number;
}

/** @throws {QueryRefused} with why it can't be counted. @throws {AtriumError} when Prometheus can't be asked. */
export async function budgetOf(deps: PrometheusDeps, objective: Objective): Promise<Budget> {
  const { name, target, window } = objective;
  const seconds = secondsOf(window);
  if (seconds === undefined) throw new QueryRefused(`“${window}” is no window such as 28d`);
  const indicator = Math.min(1, Math.max(0, await indicatorOf(deps, objective, seconds)));
  const remaining = 1 - (1 - indicator) / (1 - target);
  return { name, target, window, indicator: rounded(indicator, 6), remaining: rounded(remaining, 4) };
}

async function indicatorOf(deps: PrometheusDeps, { measure }: Objective, seconds: number): Promise<number> {
  const { good, bad, total, raw, failure, counter } = measure;
  const count = (query: string) => ask(deps, countOver(query, seconds, counter));
  if (total !== undefined && (good !== undefined || bad !== undefined)) {
    const all = await count(total);
    if (all === undefined) throw new QueryRefused(`Prometheus knows nothing of ${total}`);
    // Nothing was asked of it, so nothing went wrong.
    if (all <= 0) return 1;
    // Of what never happened there is no series.
    const some = (await count(good ?? bad ?? '')) ?? 0;
    return good === undefined ? 1 - some / all : some / all;
  }
  const share = await ask(deps, shareOver(raw ?? '', seconds));
  if (share === undefined) throw new QueryRefused(`Prometheus knows nothing of ${raw}`);
  return failure ? 1 - share : share;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
