/** What an issue says of a page that a reader reported. */
import type { WantedIssue } from '../../notices/index.ts';

export interface IssueText {
  id: string;
  ref: string;
  /** Title of the page, its file in the repository folder, and its address in the portal. */
  title: string;
  path: string;
  address: string;
  /** Name of who reported it. */
  reader: string;
  comment: string;
  selection: string | undefined;
}

const LONGEST_TITLE = 80;

export function issueOf(report: IssueText): WantedIssue {
  const { id, ref, title, path, address, reader, comment, selection } = report;
  const [first = ''] = comment.split('\n');
  const brief = first.length > LONGEST_TITLE ? `${first.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : first;
  const quote = selection === undefined || selection.trim() === '' ? [] : ['', ...quoted(selection)];
  const about = `[${plain(title)}](<${address}>) (\`${path.replaceAll('`', '')}\`)`;
  return {
    entity: ref,
    title: `Documentation: ${brief}`,
    body: [`Of ${about}, ${plain(reader)} says:`, '', harmless(comment), ...quote].join('\n'),
    key: `docs ${id}`,
  };
}

function quoted(text: string): string[] {
  return harmless(text.trim())
    .split('\n')
    .map((line) => `> ${line}`);
}

/** The issue is ours: nobody may call people by it, refer to other issues or hide anything in it. */
function harmless(text: string): string {
  return text
    .replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))
    .replace(/([@#!~])(?=[\w-])/g, '$1\u200b')
    .replace(/!?\[/g, '\\$&');
}

const plain = (text: string) => harmless(text).replace(/[\]()]/g, '\\$&');
