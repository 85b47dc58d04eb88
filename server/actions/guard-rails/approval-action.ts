/** `approval`: a run goes on when enough of those who are asked have said yes. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext, StepWait } from '../step-action.ts';
import { defineOutside } from '../steps/outside-step.ts';
import { APPROVAL, type ApprovalInput, approvalInput } from './approval-input.ts';
import type { Approvals, Asked } from './approvals.ts';
import { holds } from './conditions.ts';

const output = z.object({
  needed: z.boolean(),
  approvedBy: z.array(z.string()),
});

export function approvalAction(approvals: Approvals): OutsideAction[] {
  return defineOutside({
    id: APPROVAL,
    description: 'Waits until enough of those who are asked have approved.',
    input: approvalInput,
    output,
    async plan(given, context) {
      if (!isNeeded(given, context)) return { calls: [], output: notNeeded };
      const approvers = await approvals.approversOf(given.from, context);
      const summary = `Ask ${approvers.join(', ') || 'nobody: there is no owner'} to approve`;
      const { quorum } = given;
      return { calls: [], approvals: [{ summary, quorum }], output: { needed: true, approvedBy: [] } };
    },
    async run(given, context) {
      if (!isNeeded(given, context)) return { output: notNeeded };
      return outcomeOf(await approvals.ask(context, given), approvals);
    },
    // To ask again for the same key is to look at what was asked.
    settle: async () => 'not-done',
  });
}

const notNeeded = { needed: false, approvedBy: [] };

function isNeeded({ if: condition, parameters }: ApprovalInput, { user, entity }: StepContext): boolean {
  if (condition === undefined) return true;
  const groups = memberships(user.entity);
  return holds(condition, { parameters, user: { ref: user.ref, name: user.ref, groups }, entity });
}

function memberships(entity: StepContext['user']['entity']): string[] {
  const groups = entity?.relations?.filter(({ type }) => type === 'memberOf') ?? [];
  return groups.map(({ targetRef }) => targetRef);
}

async function outcomeOf(
  asked: Asked,
  approvals: Approvals,
): Promise<{ output: z.infer<typeof output> } | StepWait> {
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
