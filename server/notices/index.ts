export { Issues } from './issues.ts';
export { type Notice, Notifier } from './notifier.ts';
