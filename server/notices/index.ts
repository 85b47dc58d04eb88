export { Issues, type WantedIssue } from './issues.ts';
export { type Mail, Mailer } from './mailer.ts';
export { type Notice, Notifier } from './notifier.ts';
export { type Recipient, recipientsOf } from './recipients.ts';
