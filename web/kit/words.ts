/** Names as people write them: of languages, of types, and their plurals. */

const languages: Record<string, string> = {
  c: 'C',
  cpp: 'C++',
  'c++': 'C++',
  csharp: 'C#',
  'c#': 'C#',
  css: 'CSS',
  fsharp: 'F#',
  hcl: 'HCL',
  html: 'HTML',
  javascript: 'JavaScript',
  'objective-c': 'Objective-C',
  objectivec: 'Objective-C',
  ocaml: 'OCaml',
  php: 'PHP',
  powershell: 'PowerShell',
  'protocol-buffers': 'Protocol Buffers',
  sql: 'SQL',
  typescript: 'TypeScript',
  vb: 'Visual Basic',
};

/** With a capital, unless the first word has its own, as `gRPC` has. */
export function capital(phrase: string): string {
  return /^\S*\p{Lu}/u.test(phrase) ? phrase : phrase.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/** `csharp` → `C#`; one that is not known keeps its letters, with a capital. */
export function languageName(language: string): string {
  return languages[language.toLowerCase()] ?? capital(language);
}

/** Words of types that have a spelling of their own. */
const spellings: Record<string, string> = {
  ai: 'AI',
  api: 'API',
  asyncapi: 'AsyncAPI',
  cdn: 'CDN',
  cli: 'CLI',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  ios: 'iOS',
  kubernetes: 'Kubernetes',
  mcp: 'MCP',
  ml: 'ML',
  openapi: 'OpenAPI',
  s3: 'S3',
  sdk: 'SDK',
  sql: 'SQL',
  trpc: 'tRPC',
  ui: 'UI',
  vm: 'VM',
  wsdl: 'WSDL',
};

/** `data-pipeline` → `data pipeline`, `s3-bucket` → `S3 bucket`. */
export function typeWord(type: string): string {
  return type
    .split(/[-_\s]+/)
    .map((word) => spellings[word.toLowerCase()] ?? word)
    .join(' ');
}

/** What is not counted in English: ten documentation is still documentation. */
const uncountable =
  /(?:documentation|infrastructure|software|hardware|firmware|middleware|data|storage|monitoring|tooling|networking|configuration|automation|observability|governance|identity|security|analytics|content|code|other)$/i;
const irregular: Record<string, string> = { person: 'people', index: 'indexes', analysis: 'analyses' };

/** The plural of a type's name, whose last word counts; what is plural already stays. */
export function plural(phrase: string): string {
  if (uncountable.test(phrase)) return phrase;
  const start = phrase.lastIndexOf(' ') + 1;
  const word = phrase.slice(start);
  const known = irregular[word.toLowerCase()];
  if (known) return phrase.slice(0, start) + known;
  if (/[^s]s$/i.test(word) && !/(?:us|is)$/i.test(word)) return phrase;
  if (/[^aeiou]y$/i.test(word)) return `${phrase.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(word) ? `${phrase}es` : `${phrase}s`;
}
