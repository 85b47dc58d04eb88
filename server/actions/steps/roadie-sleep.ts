import { z } from 'zod';
import type { OutsideAction } from '../step-action.ts';
import { waiting } from './debug-wait.ts';

export const roadieSleep: OutsideAction = waiting(
  'roadiehq:utils:sleep',
  'Waits for some seconds.',
  z.object({ amount: z.coerce.number().min(0).describe('Seconds') }),
  ({ amount }) => amount * 1000,
);
