export { type Notice, Notifier } from './notifier.ts';
