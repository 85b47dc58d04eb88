/** `slack:message`. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { ActionsConfig } from '../../kernel/actions-config.ts';
import type { OutsideAction, StepContext } from '../step-action.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';
import { Rest } from './rest.ts';

const input = z.object({
  message: z.string().min(1),
  channel: z.string().optional().describe('Where to; needed with a token, and fixed with a webhook'),
  blocks: z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .describe('Layout, as Slack’s Block Kit has it'),
  webhookUrl: z.url().optional().describe('Incoming webhook instead of what is configured'),
});
type Input = z.output<typeof input>;
const output = z.object({
  ts: z.string().optional().describe('What Slack finds the message by'),
  channel: z.string().optional(),
});

const answerShape = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  channel: z.string().optional(),
});

const API = 'https://slack.com/api';

export const missingSlack = ({ slack }: ActionsConfig) =>
  slack
    ? null
    : 'Slack is not configured: set actions.slack to { webhook: { env: SLACK_WEBHOOK } } or { token: { env: SLACK_TOKEN } } in the configuration file';

/** Slack takes nothing that a message could be found by later, so a person is asked when nobody saw it sent. */
export function slackMessage(deps: OutsideStepDeps): OutsideAction[] {
  const own = { description: 'Sends a message to Slack.', input, output, ...doing(deps) };
  return [
    ...defineOutside({ id: 'slack:message', ...own, missing: () => missingSlack(deps.config) }),
    // These may name the webhook themselves.
    ...defineOutside({ id: 'slack:sendMessage', aliases: ['slack:sendMessage:webhook'], ...own }),
  ];
}

function doing(deps: OutsideStepDeps) {
  return {
    plan({ message, channel }: Input) {
      const summary = channel ? `Tell ${channel} in Slack` : 'Send a message to Slack';
      return { calls: [{ summary, target: 'Slack', detail: { message } }], output: {} };
    },
    async run(given: Input, context: StepContext) {
      const token = given.webhookUrl === undefined ? deps.config.slack?.token : undefined;
      if (token) return { output: await post(apiOf(deps, token.reveal(), context), given) };
      await sendTo(deps, given, context);
      return { output: {} };
    },
    undo: {
      summary: 'Deletes the message, where it was sent with a token',
      async run(_given: Input, context: StepContext, { ts, channel }: Record<string, unknown>) {
        const token = deps.config.slack?.token;
        if (!token || !ts) {
          context.log.warn('A message that a webhook sent can’t be taken back');
          return undefined;
        }
        const body = { ts, channel };
        const rest = apiOf(deps, token.reveal(), context);
        const answer = await rest.read(answerShape, '/chat.delete', { method: 'POST', body });
        if (!answer.ok && answer.error !== 'message_not_found') throw refused(answer.error);
        return undefined;
      },
    },
  };
}

function apiOf({ config, fetch }: OutsideStepDeps, token: string, { signal }: StepContext): Rest {
  const base = config.slack?.apiUrl ?? API;
  return new Rest(fetch, { name: 'Slack', base, headers: { authorization: `Bearer ${token}` } }, signal);
}

async function post(
  rest: Rest,
  { message: text, channel, blocks }: Input,
): Promise<{ ts?: string; channel?: string }> {
  if (!channel) throw new AtriumError('STEP_FAILED', 'channel has to say where the message goes');
  const body = { channel, text, ...(blocks && { blocks }) };
  const answer = await rest.read(answerShape, '/chat.postMessage', { method: 'POST', body, once: true });
  if (!answer.ok) throw refused(answer.error);
  const { ts, channel: sent } = answer;
  return { ...(ts !== undefined && { ts }), ...(sent !== undefined && { channel: sent }) };
}

async function sendTo(
  { config, fetch }: OutsideStepDeps,
  given: Input,
  { signal }: StepContext,
): Promise<void> {
  const address = given.webhookUrl ?? config.slack?.webhook?.reveal();
  if (address === undefined) throw new AtriumError('STEP_FAILED', missingSlack(config) ?? '');
  // Whoever knows the path of a webhook may use it, so no message names it.
  const target = { name: 'Slack', base: address, headers: {}, guarded: given.webhookUrl !== undefined };
  const body = { text: given.message, ...(given.blocks && { blocks: given.blocks }) };
  await new Rest(fetch, target, signal).send('', { method: 'POST', body, once: true });
}

function refused(error = 'no reason given'): AtriumError {
  if (error === 'ratelimited')
    return new AtriumError('TOO_MANY_REQUESTS', 'Slack is asked too often just now');
  return new AtriumError('STEP_FAILED', `Slack does not take the message: ${error}`);
}
