/** What the thread that renders is asked, and what it answers. Plain data: it crosses threads. */
import type { PageSource, RenderedPage, SiteContext } from '../markdown/page.ts';

/** Contexts hold the names of all files of a site, so they are sent once. */
export interface ContextMessage {
  context: SiteContext;
}

export interface RenderTask {
  id: number;
  /** Of a context that was sent before. */
  context: string;
  page: PageSource;
  highlight: boolean;
}

export type RenderMessage = ContextMessage | RenderTask | { drop: string };
export type RenderReply = { id: number; page: RenderedPage } | { id: number; error: string };
