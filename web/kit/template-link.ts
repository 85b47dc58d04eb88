/** Links to the form of a template, and what they fill it in with. */
import { readRef } from './ref.ts';
import type { UrlSearch } from './url.ts';

type Values = Record<string, unknown>;

/** Named as in links to Backstage’s forms, so that those lead here as well. */
export const valuesParameter = 'formData';

export function templatePath(ref: string): string {
  const { namespace, name } = readRef(ref);
  return `/actions/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}

/** @param entity what the template is to act on. */
export function filledIn(entity: string, values: Values): UrlSearch {
  if (Object.keys(values).length === 0) return { entity };
  return { entity, [valuesParameter]: JSON.stringify(values) };
}

/** The values of such a link. An address is not trusted: what is no object says nothing. */
export function givenValues(text: string | undefined): Values {
  if (!text) return {};
  try {
    const given: unknown = JSON.parse(text);
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Values) : {};
  } catch {
    return {};
  }
}
