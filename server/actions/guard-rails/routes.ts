/** Approvals and leases in the API. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { owns } from '../../access/index.ts';
import type { Principal } from '../../kernel/gate.ts';
import { type Party, unknownParty } from '../../ownership/index.ts';
import * as contract from '../contract.ts';
import type { ActionsApiDeps } from '../route-deps.ts';
import { type ApprovalRow, type Approvals, refusalFor, type Vote } from './approvals.ts';
import type { LeaseRow, Leases } from './leases.ts';

export interface GuardRailApiDeps extends Pick<ActionsApiDeps, 'verdict'> {
  approvals: Approvals;
  leases: Leases;
  /** People and groups as pages name them, by ref. */
  parties: (refs: readonly string[]) => Promise<ReadonlyMap<string, Party>>;
}

const tags = ['actions'];
type Id = { Params: z.infer<typeof contract.approvalParamsSchema> };

export function registerGuardRailApi(app: FastifyInstance, deps: GuardRailApiDeps): void {
  registerApprovals(app, deps);
  registerLeases(app, deps);
}

function registerApprovals(app: FastifyInstance, deps: GuardRailApiDeps): void {
  const { approvals } = deps;
  app.get<{ Querystring: z.infer<typeof contract.approvalsQuerySchema> }>(
    '/api/approvals',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'What runs wait for, or what was decided, newest first',
        querystring: contract.approvalsQuerySchema,
        response: { 200: contract.approvalsSchema },
      },
    },
    async ({ query: { state, mine }, principal }) => {
      const found = await approvals.list(state);
      const wanted = mine ? found.filter(({ row }) => !refusalFor(row, principal)) : found;
      return { items: await answersTo(deps, wanted, principal) };
    },
  );
  app.post<Id & { Body: z.infer<typeof contract.decideApprovalBodySchema> }>(
    '/api/approvals/:id/decision',
    {
      config: { permission: 'approval.decide' },
      schema: {
        tags,
        summary: 'Approves, declines or delegates',
        params: contract.approvalParamsSchema,
        body: contract.decideApprovalBodySchema,
        response: { 200: contract.approvalSchema },
      },
    },
    async (request) => {
      const { params, body, principal } = request;
      request.auditDetail = { target: `approval:${params.id}`, after: body };
      if (body.decision === 'delegate') {
        if (!body.to) throw new AtriumError('INPUT_INVALID', 'Name the person as `to`');
        await approvals.delegate(params.id, principal, body.to);
      } else {
        await approvals.decide(params.id, principal, body.decision, body.reason);
      }
      const [answer] = await answersTo(deps, [await approvals.one(params.id)], principal);
      return answer;
    },
  );
}

async function answersTo(
  { parties }: GuardRailApiDeps,
  found: readonly { row: ApprovalRow; votes: Vote[] }[],
  principal: Principal,
): Promise<z.infer<typeof contract.approvalSchema>[]> {
  const named = found.flatMap(({ row, votes }) => [
    ...row.approvers,
    ...votes.map(({ by }) => by),
    ...[row.asked_by.ref, row.delegated_to].filter((ref) => ref !== null),
  ]);
  const known = await parties([...new Set(named)]);
  const partyOf = (ref: string, title = ref): Party => known.get(ref) ?? unknownParty(ref, title);
  return found.map(({ row, votes }) => ({
    id: row.id,
    run: row.run,
    step: row.step,
    templateTitle: row.template_title,
    summary: row.summary,
    askedBy: partyOf(row.asked_by.ref ?? row.asked_by.id, row.asked_by.name),
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    from: row.approvers.map((each) =>
      each.startsWith('role:') ? unknownParty(each, each.slice(5)) : partyOf(each),
    ),
    quorum: row.quorum,
    votes: votes.map(({ by, name, decision, reason, at }) => ({
      by: partyOf(by, name),
      decision,
      reason,
      at: at.toISOString(),
    })),
    delegatedTo: row.delegated_to ? partyOf(row.delegated_to) : null,
    state: row.state,
    mayDecide:
      row.state === 'open' && !refusalFor(row, principal) && !votes.some(({ by }) => by === principal.id),
  }));
}

function registerLeases(app: FastifyInstance, deps: GuardRailApiDeps): void {
  const { leases } = deps;
  app.get<{ Querystring: z.infer<typeof contract.leasesQuerySchema> }>(
    '/api/leases',
    {
      config: { permission: 'run.read' },
      schema: {
        tags,
        summary: 'What was made for a time, and when it goes',
        querystring: contract.leasesQuerySchema,
        response: { 200: contract.leasesSchema },
      },
    },
    async ({ query, principal }) => ({
      items: await leasesTo(deps, await leases.list(query.state), principal),
    }),
  );
  app.post<Id & { Body: z.infer<typeof contract.extendBodySchema> }>(
    '/api/leases/:id/extend',
    {
      config: { permission: 'lease.extend' },
      schema: {
        tags,
        summary: 'Lets something last longer',
        params: contract.approvalParamsSchema,
        body: contract.extendBodySchema,
        response: { 200: contract.leaseSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      request.auditDetail = { target: `lease:${id}`, after: request.body };
      await leases.extend((await ownLease(deps, id, request.principal)).id, request.body.hours);
      return oneLease(deps, id, request.principal);
    },
  );
  app.post<Id>(
    '/api/leases/:id/end',
    {
      config: { permission: 'lease.extend' },
      schema: {
        tags,
        summary: 'Takes it back now',
        params: contract.approvalParamsSchema,
        response: { 200: contract.leaseSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      request.auditDetail = { target: `lease:${id}` };
      await leases.end((await ownLease(deps, id, request.principal)).id, request.principal.name);
      return oneLease(deps, id, request.principal);
    },
  );
}

function mayChange(
  { verdict }: GuardRailApiDeps,
  { owner, started_by: starter }: LeaseRow,
  principal: Principal,
) {
  if (verdict(principal, 'run.manage.all') === 'always') return true;
  return starter === principal.id || owner === principal.id || owns(principal, owner);
}

/** @throws {AtriumError} LEASE_NOT_FOUND, ACCESS_DENIED */
async function ownLease(deps: GuardRailApiDeps, id: string, principal: Principal): Promise<LeaseRow> {
  const lease = await deps.leases.one(id);
  if (mayChange(deps, lease, principal)) return lease;
  throw new AtriumError('ACCESS_DENIED', `It is ${lease.owner}’s`);
}

async function oneLease(deps: GuardRailApiDeps, id: string, principal: Principal) {
  const [lease] = await leasesTo(deps, [await deps.leases.one(id)], principal);
  return lease;
}

async function leasesTo(
  deps: GuardRailApiDeps,
  rows: readonly LeaseRow[],
  principal: Principal,
): Promise<z.infer<typeof contract.leaseSchema>[]> {
  const known = await deps.parties([...new Set(rows.map(({ owner }) => owner))]);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    run: row.run,
    entity: row.entity,
    owner: known.get(row.owner) ?? unknownParty(row.owner, row.owner),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    state: row.state,
    extensions: row.extensions,
    error: row.error,
    mayExtend: mayChange(deps, row, principal),
  }));
}
