/** `approval`: a run goes on when enough of those who are asked have said yes. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction, StepContext, StepOutcome } from '../step-action.ts';
import { APPROVAL, type ApprovalInput, approvalInput } from './approval-input.ts';
import type { Approvals, Asked } from './approvals.ts';
import { holds } from './conditions.ts';

const output = z.object({
  needed: z.boolean(),
  approvedBy: z.array(z.string()),
});

export function approvalAction(approvals: Approvals): OutsideAction {
  return {
    id: APPROVAL,
    description: 'Waits until enough of those who are asked have approved.',
    effect: 'outside',
    input: jsonSchemaOf(approvalInput),
    output: jsonSchemaOf(output),
    async plan(context) {
      const given = parseInput(approvalInput, context.input);
      if (!isNeeded(given, context)) return { calls: [], output: { needed: false, approvedBy: [] } };
      const approvers = await approvals.approversOf(given.from, context);
      const summary = `Ask ${approvers.join(', ') || 'nobody: there is no owner'} to approve`;
      const detail = { from: given.from, quorum: given.quorum, expiresHours: given.expiresHours };
      return { calls: [{ summary, target: given.from, detail }], output: { needed: true, approvedBy: [] } };
    },
    async run(context) {
      const given = parseInput(approvalInput, context.input);
      if (!isNeeded(given, context)) return { output: { needed: false, approvedBy: [] } };
      return outcomeOf(await approvals.ask(context, given), approvals);
    },
    // To ask again for the same key is to look at what was asked.
    settle: async () => 'not-done',
  };
}

function isNeeded({ if: condition, parameters }: ApprovalInput, { user, entity }: StepContext): boolean {
  if (condition === undefined) return true;
  const groups = memberships(user.entity);
  return holds(condition, { parameters, user: { ref: user.ref, name: user.ref, groups }, entity });
}

function memberships(entity: StepContext['user']['entity']): string[] {
  const groups = entity?.relations?.filter(({ type }) => type === 'memberOf') ?? [];
  return groups.map(({ targetRef }) => targetRef);
}

async function outcomeOf(asked: Asked, approvals: Approvals): Promise<StepOutcome> {
  const { state, expiresAt, approvers, votes } = asked;
  if (state === 'open') {
    return { wait: `Waits for the approval of ${approvers.join(' or ')}`, until: expiresAt };
  }
  await approvals.noted(asked);
  if (state === 'approved') {
    return { output: { needed: true, approvedBy: votes.map(({ name }) => name) } };
  }
  const no = votes.find(({ decision }) => decision === 'decline');
  throw new AtriumError(
    'STEP_FAILED',
    no ? `${no.name} declined: ${no.reason}` : `Nobody approved before ${expiresAt.toISOString()}`,
  );
}
