import { z } from 'zod';
import { approvalRuleSchema } from '#model/guard-rails.ts';

export const APPROVAL = 'approval';

export const approvalInput = approvalRuleSchema.omit({ step: true }).extend({
  message: z.string().optional().describe('What is asked; the title of the template when absent'),
  parameters: z.record(z.string(), z.unknown()).default({}).describe('What `if` can ask about'),
});
export type ApprovalInput = z.output<typeof approvalInput>;
