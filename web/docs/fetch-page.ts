import type { QueryClient } from '@tanstack/react-query';
import { formatRef } from '#model/ref.ts';
import type { UrlValue } from '#web/kit/url.ts';
import type { DocsParams } from './paths.ts';
import { pageQuery, siteQuery } from './queries.ts';

/** Has the site and the page at hand; what goes wrong is told where they are shown. */
export async function fetchPage(
  client: QueryClient,
  { page, ...entity }: DocsParams,
  asked: UrlValue | undefined,
): Promise<void> {
  const version = typeof asked === 'string' ? asked : asked?.[0];
  const ref = formatRef(entity);
  const isReference = entity.kind.toLowerCase() === 'api' && page === '';
  await Promise.all([
    client.prefetchQuery(siteQuery(ref, version)),
    ...(isReference ? [] : [client.prefetchQuery(pageQuery(ref, page, version))]),
  ]);
}
