/** How secrets look that are known by their form, and words that are likely one. */

export interface SecretKind {
  kind: string;
  pattern: RegExp;
  /** Random enough not to be made up: bits for each character. */
  entropy?: number;
}

export const SECRET_KINDS: readonly SecretKind[] = [
  { kind: 'aws-access-key', pattern: /\b((?:AKIA|ASIA)[A-Z2-7]{16})\b/g, entropy: 3 },
  { kind: 'github-token', pattern: /\b(?:ghp|gho|ghu|ghs|ghr)_([A-Za-z0-9]{36,76})\b/g, entropy: 3.5 },
  { kind: 'github-token', pattern: /\bgithub_pat_([A-Za-z0-9_]{60,90})\b/g, entropy: 3.5 },
  { kind: 'gitlab-token', pattern: /\bgl(?:pat|rt|dt|ptt|ft|soat|cbt)-([\w-]{20,60})/g, entropy: 3 },
  { kind: 'slack-token', pattern: /\bxox[abeoprs]-([\w-]{20,120})/g, entropy: 3 },
  {
    kind: 'slack-webhook',
    pattern: /\bhooks\.slack\.com\/services\/(T\w{6,14}\/B\w{6,14}\/\w{20,30})/g,
    entropy: 3.5,
  },
  { kind: 'stripe-key', pattern: /\b[sr]k_(?:live|test)_([A-Za-z0-9]{20,120})\b/g, entropy: 3.5 },
  { kind: 'google-api-key', pattern: /\bAIza([\w-]{35})(?![\w-])/g, entropy: 3.5 },
  { kind: 'google-oauth-secret', pattern: /\bGOCSPX-([\w-]{28})(?![\w-])/g, entropy: 3.5 },
  { kind: 'npm-token', pattern: /\bnpm_([A-Za-z0-9]{36})\b/g, entropy: 3.5 },
  { kind: 'pypi-token', pattern: /\bpypi-AgEIcHlwaS5vcmc([\w-]{50,250})/g, entropy: 3.5 },
];

/** Part of every one of them: most files have none, which is told faster. */
export const LIKELY =
  /AKIA|ASIA|gh[opusr]_|github_pat_|gl[a-z]{2,4}-|xox[a-z]-|hooks\.slack|_live_|_test_|AIza|GOCSPX-|npm_|pypi-Ag/;

/** Its beginning; what follows tells whether there is a key in it. */
export const PRIVATE_KEY =
  /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----/g;
/** Lines of a key, or one line of it within a string of JSON. */
export const KEY_BODY = /[A-Za-z0-9+/]{40}/;

/** `-----BEGIN` and what follows, in Base64. */
export const ENCODED_KEY = /\bLS0tLS1CRUdJT[A-Za-z0-9+/]{100,800}/g;

/** Settings with telling names. What the name goes on with may tell that it only speaks of a secret. */
export const SETTING =
  /^[\s"'-]{0,40}([\w.-]{0,60}?(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key))([\w.-]{0,40})["']?\s{0,5}(?::|=>?|:=)\s{0,5}["']?([^\s"'#,;]{12,200})["']?\s{0,5}[,;]?\s{0,5}(?:#.*)?$/i;
export const ONLY_ABOUT =
  /^[._-]?(?:name|ref|key|path|file|url|uri|type|header|endpoint|issuer|id|class|store|mount|arn|version|length|size|ttl|lifetime|expir\w*|policy|algorithm|field|prefix|suffix|env|provider|count|limit|min|max|hash|sha\w*|digest|checksum|regex|pattern|format|template)/i;

/** What stands for a secret that comes from elsewhere. */
const STAND_IN =
  /[${}<>*]|^(?:ENC|vault|ssm|secretsmanager|sops|op|azurekeyvault|file|env|ref)[:([]|example|changeme|change-me|placeholder|dummy|your[_-]?|xxxx|0000|1234|test|sample|default|secret|password|:\/\/|^\/|^\.\.?\//i;

/** Whether a value is random rather than words. */
export function isRandom(value: string): boolean {
  if (STAND_IN.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  const parts = value.split(/[-_./:@=+]/).filter((part) => part !== '');
  const areWords = parts.every((part) =>
    /^(?:[a-z]+|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*|[A-Z]+|v?\d{1,4}|[a-z]+\d{1,4})$/.test(part),
  );
  return !areWords && entropyOf(value) >= 3.5;
}

/** Shannon's, in bits for each character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...value].length;
  return [...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
}
