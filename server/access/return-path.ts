/** Where a sign-in leads in the end: to a page of the portal, and nowhere else. */

const LONGEST = 2000;
const HERE = 'http://portal.invalid';
/** What is no page, or would lead back to the beginning. */
const noPage = /^\/(?:api|sign-in)(?:\/|$)/;

/** @returns the path that was asked for; the home page for what is none, or would leave the portal. */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > LONGEST || !asked.startsWith('/')) return '/';
  const url = URL.parse(asked, HERE);
  if (!url || url.origin !== HERE || noPage.test(url.pathname)) return '/';
  const path = url.pathname + url.search + url.hash;
  // `/.//other.example` is a path that becomes another host.
  return /^\/[/\\]/.test(path) ? '/' : path;
}
