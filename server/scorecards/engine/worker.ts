/** The thread in which rules are judged: whatever they do, it does not hold up the server. */
import { parentPort } from 'node:worker_threads';
import { SubjectJudge } from './judge-subjects.ts';
import type { JudgeReply, JudgeTask } from './protocol.ts';

const judge = new SubjectJudge();

parentPort?.on('message', (task: JudgeTask) => {
  parentPort?.postMessage(replyTo(task));
});

function replyTo(task: JudgeTask): JudgeReply {
  try {
    return { id: task.id, answers: judge.judge(task) };
  } catch (error) {
    return { id: task.id, error: error instanceof Error ? error.message : String(error) };
  }
}
