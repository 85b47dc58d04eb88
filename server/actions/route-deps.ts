/** What the routes of actions are given, and whether somebody may do something with a run. */
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Permission } from '#model/permissions.ts';
import { owns, readOwner } from '../access/index.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import type { RunNews } from './runs/news.ts';
import type { RunRow } from './runs/run-write.ts';
import type { Runs } from './runs/runs.ts';
import type { Starter } from './runs/tables.ts';
import type { StepAction } from './step-action.ts';
import type { TemplateCheckDeps } from './template-check.ts';
import type { Templates, Viewer } from './templates.ts';

export interface ActionsApiDeps extends TemplateCheckDeps {
  db: Kysely<CatalogTables>;
  runs: Runs;
  news: RunNews;
  templates: Templates;
  actions: ReadonlyMap<string, StepAction>;
  /** Where the files stand that are sent along with a template for a dry run. */
  planSources: string;
  /** Whether somebody may do something, whatever it is about; `depends`: on the entity. */
  verdict: (principal: Principal, permission: Permission) => 'always' | 'never' | 'depends';
}

export function viewerOf({ verdict }: Pick<ActionsApiDeps, 'verdict'>, principal: Principal): Viewer {
  return { mayStart: verdict(principal, 'template.run') !== 'never', groups: principal.groups };
}

export function starterOf({ id, ref, name, groups }: Principal): Starter {
  return { id, ref, name, groups };
}

/** Their own runs, and those of what they own; or everybody's. */
export async function mayManage(
  { db, verdict }: Pick<ActionsApiDeps, 'db' | 'verdict'>,
  principal: Principal,
  run: Pick<RunRow, 'started_by' | 'template' | 'entity'>,
): Promise<boolean> {
  if (verdict(principal, 'run.manage.all') === 'always') return true;
  if (verdict(principal, 'run.manage') === 'never') return false;
  if (run.started_by === principal.id) return true;
  const about = [run.template, ...(run.entity ? [run.entity] : [])];
  const found = await Promise.all(about.map((ref) => readOwner(db, ref)));
  return found.some(({ owner }) => owns(principal, owner));
}

/** The run that a request is about. @throws {AtriumError} RUN_NOT_FOUND, ACCESS_DENIED */
export async function managedRun(deps: ActionsApiDeps, request: FastifyRequest, id: string): Promise<RunRow> {
  request.auditDetail = { target: `run:${id}` };
  const row = await deps.runs.reader.row(id);
  if (await mayManage(deps, request.principal, row)) return row;
  const { starter } = row;
  throw new AtriumError('ACCESS_DENIED', `The run is ${starter.name}’s, and about nothing that you own`);
}
