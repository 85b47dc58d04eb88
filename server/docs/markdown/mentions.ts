import type { Mention } from './page.ts';

const longest = 200;
const commands = new Set(
  (
    'ansible aws az bash brew bundle cargo cd chmod cp curl deno docker docker-compose dotnet flux gcloud gh git go ' +
    'gradle gradlew helm java jq kubectl kustomize make mkdir mkdocs mv mvn mvnw node npm npx pip pip3 pnpm poetry psql ' +
    'pulumi python python3 redis-cli rm ruby rustup sh sudo systemctl talosctl task terraform uv wget yarn'
  ).split(' '),
);
const path = /^(?:\.{0,2}\/)?[\w@.+-]+(?:\/[\w@.+*-]+)*\/?(?::\d+(?:-\d+)?)?$/;
const ending = /\.[A-Za-z][A-Za-z0-9]{0,9}(?::\d+(?:-\d+)?)?$/;
const knownFile = /^(?:Dockerfile|Makefile|Jenkinsfile|Procfile|CODEOWNERS|LICENSE|Gemfile|Taskfile)$/;
const mediaType = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w.+-]+$/;
const call = /^[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*\(.*\)$/s;
const qualified = /^[A-Z][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)+$/;
const constant = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const pascal = /^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+$/;
const camel = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+$/;
const snake = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;
const symbols = [call, qualified, constant, pascal, camel, snake];

/** What inline code seems to name; undefined for anything else, as values and options. */
export function mentionKind(code: string): Mention['kind'] | undefined {
  const text = code.trim();
  if (text === '' || text.length > longest) return undefined;
  if (/\s/.test(text)) {
    const first = text.replace(/^\$ /, '').split(/\s/)[0] ?? '';
    if (commands.has(first) || /^\.{1,2}\/\S+$/.test(first)) return 'command';
    return call.test(text) ? 'symbol' : undefined;
  }
  if (isPath(text)) return 'path';
  return symbols.some((pattern) => pattern.test(text)) ? 'symbol' : undefined;
}

function isPath(text: string): boolean {
  if (!path.test(text) || mediaType.test(text) || /^[\d.]+$/.test(text)) return false;
  if (text.includes('/')) return /[A-Za-z]/.test(text) && !/^\/$/.test(text);
  return (
    knownFile.test(text) ||
    (ending.test(text) && !/^[A-Z][\w$]*\.[a-z]\w*[A-Z]/.test(text) && isFileName(text))
  );
}

const fileEndings =
  /\.(?:bash|c|cc|cfg|conf|cpp|cs|css|csv|dart|env|ex|exs|go|gradle|graphql|groovy|h|hcl|hpp|html|ini|java|jinja|js|json|jsonc|jsx|kt|kts|less|lock|lua|md|mdx|mjs|php|png|properties|proto|ps1|py|rb|rs|scala|scss|sh|sql|svelte|svg|swift|tf|tfvars|toml|tpl|ts|tsx|txt|vue|xml|ya?ml|zsh)(?::\d+(?:-\d+)?)?$/;

function isFileName(text: string): boolean {
  return fileEndings.test(text);
}
