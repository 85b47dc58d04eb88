/** Colours of code, as classes. */
import type { LanguageFn } from 'highlight.js';
import hljs from 'highlight.js/lib/common';
import apache from 'highlight.js/lib/languages/apache';
import clojure from 'highlight.js/lib/languages/clojure';
import dart from 'highlight.js/lib/languages/dart';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import dos from 'highlight.js/lib/languages/dos';
import elixir from 'highlight.js/lib/languages/elixir';
import erlang from 'highlight.js/lib/languages/erlang';
import groovy from 'highlight.js/lib/languages/groovy';
import haskell from 'highlight.js/lib/languages/haskell';
import http from 'highlight.js/lib/languages/http';
import julia from 'highlight.js/lib/languages/julia';
import latex from 'highlight.js/lib/languages/latex';
import nginx from 'highlight.js/lib/languages/nginx';
import nix from 'highlight.js/lib/languages/nix';
import pgsql from 'highlight.js/lib/languages/pgsql';
import powershell from 'highlight.js/lib/languages/powershell';
import properties from 'highlight.js/lib/languages/properties';
import protobuf from 'highlight.js/lib/languages/protobuf';
import scala from 'highlight.js/lib/languages/scala';

const more: Readonly<Record<string, LanguageFn>> = {
  apache,
  clojure,
  dart,
  dockerfile,
  dos,
  elixir,
  erlang,
  groovy,
  haskell,
  http,
  julia,
  latex,
  nginx,
  nix,
  pgsql,
  powershell,
  properties,
  protobuf,
  scala,
};
for (const [name, language] of Object.entries(more)) hljs.registerLanguage(name, language);

/** Names that writers use for a language that is highlighted under another. */
const aliases: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  'c#': 'csharp',
  containerfile: 'dockerfile',
  env: 'properties',
  gotmpl: 'handlebars',
  hcl: 'ini',
  'json-with-comments': 'json',
  json5: 'json',
  pycon: 'python-repl',
  'shell-session': 'shell',
  terraform: 'ini',
  tf: 'ini',
};

/** Longer code stays plain, so that no page takes long. */
const longest = 30_000;

/** HTML of highlighted code, safe to show; undefined for a language that isn't known. */
export function highlighted(code: string, language: string): string | undefined {
  const lower = language.toLowerCase();
  const name = Object.hasOwn(aliases, lower) ? (aliases[lower] ?? lower) : lower;
  if (code.length > longest || hljs.getLanguage(name) === undefined) return undefined;
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
}
