/** What the routes of documentation have in common. */
import type { FileTools } from '#model/file-tools.ts';
import type { FeedbackApiDeps } from './feedback-routes.ts';
import type { GapApiDeps } from './gap-routes.ts';
import type { PagesDeps } from './pages.ts';
import type { SiteAnswerDeps } from './site-answer.ts';
import type { Views } from './views.ts';

export interface DocsApiDeps extends PagesDeps, SiteAnswerDeps, FeedbackApiDeps, GapApiDeps {
  files: FileTools;
  views: Views;
}
