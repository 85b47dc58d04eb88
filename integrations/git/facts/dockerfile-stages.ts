/** Reads Dockerfiles as far as judging them needs: instructions, stages, and the arguments that name base images. */

export interface Instruction {
  /** In capital letters. */
  keyword: string;
  /** Continued lines are put together; the body of a heredoc follows. */
  args: string;
  /** On which it begins. */
  line: number;
}

export interface Stage {
  from: Instruction;
  name?: string | undefined;
  /** Arguments filled in with their defaults; what has none stays as `$NAME`. */
  base: string;
  /** The earlier stage on which it is built. */
  parent?: Stage | undefined;
  instructions: Instruction[];
}

const KEYWORDS = new Set(
  'FROM RUN CMD LABEL MAINTAINER EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL'.split(
    ' ',
  ),
);

export function readInstructions(source: string): Instruction[] {
  const lines = source.split(/\r?\n/);
  const continuation = /^#[ \t]*escape[ \t]*=[ \t]*`/im.test(lines.slice(0, 5).join('\n')) ? '`' : '\\';
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const start = at;
    const parts: string[] = [];
    for (let goesOn = true; goesOn && at < lines.length; at += 1) {
      const line = (lines[at] ?? '').trim();
      // Comments and empty lines may stand within a continued instruction.
      if (line === '' || line.startsWith('#')) {
        if (parts.length === 0) break;
        continue;
      }
      goesOn = line.endsWith(continuation);
      parts.push(goesOn ? line.slice(0, -1) : line);
    }
    if (parts.length > 0) at -= 1;
    const whole = parts.join(' ');
    const keyword = whole.split(/\s/, 1)[0]?.toUpperCase() ?? '';
    if (!KEYWORDS.has(keyword)) continue;
    const args = whole.slice(keyword.length).trim();
    const body = HEREDOC_OF.has(keyword) ? heredocs(args, lines, at + 1) : [];
    at += body.length;
    found.push({ keyword, args: [args, ...body].join('\n'), line: start + 1 });
  }
  return found;
}

const HEREDOC_OF = new Set(['RUN', 'COPY', 'ADD']);
const MOST_HEREDOCS = 10;

/** The lines of the heredocs that an instruction opens, with those that close them. */
function heredocs(args: string, lines: readonly string[], from: number): string[] {
  const ends = [...args.matchAll(/<<-?["']?([A-Za-z_]\w{0,50})["']?/g)]
    .slice(0, MOST_HEREDOCS)
    .map((match) => match[1]);
  let at = from;
  for (const end of ends) {
    const close = lines.findIndex((line, index) => index >= at && line.trim() === end);
    if (close === -1) return [];
    at = close + 1;
  }
  return lines.slice(from, at);
}

export function readStages(source: string): Stage[] {
  const defaults = new Map<string, string>();
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  for (const instruction of readInstructions(source)) {
    const current = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const stage = stageFrom(instruction, defaults, named);
      if (stage.name !== undefined) named.set(stage.name, stage);
      stages.push(stage);
    } else if (current) current.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') {
      for (const [name, value] of pairsOf(instruction))
        if (value !== '') defaults.set(name, filled(value, defaults));
    }
  }
  return stages;
}

function stageFrom(
  from: Instruction,
  defaults: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, Stage>,
): Stage {
  const words = from.args.split(/\s+/).filter((word) => !word.startsWith('--'));
  const base = filled(words[0] ?? '', defaults);
  const name = /^as$/i.test(words[1] ?? '') ? words[2]?.toLowerCase() : undefined;
  const parent = earlier.get(base.toLowerCase());
  return { from, name, base, parent, instructions: [] };
}

/** Longer values name no image; filled in for many, they would fill the memory. */
const LONGEST = 300;

/** `$NAME`, `${NAME}` and `${NAME:-default}`. */
export function filled(value: string, values: ReadonlyMap<string, string>): string {
  return value
    .slice(0, LONGEST)
    .replace(
      /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
      (whole, plain?: string, braced?: string, other?: string) => {
        return values.get(plain ?? braced ?? '') ?? other ?? whole;
      },
    )
    .slice(0, LONGEST);
}

/** What an ENV or ARG sets; the value is empty where none is given. */
export function pairsOf({ args }: Instruction): [name: string, value: string][] {
  const first = args.split(/\s/, 1)[0] ?? '';
  if (!first.includes('=')) return [[first, args.slice(first.length).trim()]];
  const pairs = args.matchAll(/(?:^|\s)([\w.-]{1,200})=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g);
  return [...pairs].map((match) => [match[1] ?? '', (match[2] ?? '').replace(/^["']|["']$/g, '')]);
}
