/** Which license a text is, told by the words that no other has. */

/** As long as every preamble; the licenses themselves begin soon. */
const LONGEST_READ = 30_000;

/** `GPL-3.0` and its kin: the text doesn't tell "only" from "or later". */
const GNU = (family: string, version: string) =>
  new RegExp(
    `gnu ${family}general public license(?: as published by the free software foundation)?[, ]{0,2}(?:either )?(?:version |v\\.? ?)${version}`,
  );

const WORDS: readonly (readonly [id: string, words: RegExp])[] = [
  ['AGPL-3.0', GNU('affero ', '3')],
  ['LGPL-3.0', GNU('lesser ', '3')],
  ['LGPL-2.1', GNU('lesser ', '2\\.1')],
  ['LGPL-2.0', GNU('library ', '2')],
  ['GPL-3.0', GNU('', '3')],
  ['GPL-2.0', GNU('', '2')],
  ['Apache-2.0', /apache(?: software)?(?: license)?,? ?(?:version |v\.? ?)?2(?:\.0)?\b/],
  ['MPL-2.0', /mozilla public license,? ?(?:version |v\.? ?)?2\.0/],
  ['EPL-2.0', /eclipse public license ?-? ?(?:version |v\.? ?)?2\.0/],
  ['MIT-0', /\bmit no attribution\b/],
  ['MIT', /\b(?:mit license\b|permission is hereby granted, free of charge, to any person obtaining a copy)/],
  [
    'ISC',
    /\bisc license\b|permission to use, copy, modify, and(?: or)? distribute this software for any purpose with or without fee is hereby granted, provided/,
  ],
  ['0BSD', /\b(?:bsd zero clause|zero-clause bsd|0bsd)\b/],
  ['BSD', /redistribution and use in source and binary forms/],
  ['BSD-2-Clause', /\b(?:bsd 2-clause|simplified bsd|freebsd) license\b/],
  ['BSD-3-Clause', /\b(?:bsd 3-clause|new bsd|modified bsd|revised bsd) license\b/],
  ['Unlicense', /this is free and unencumbered software released into the public domain|\bthe unlicense\b/],
  ['CC0-1.0', /\bcc0 1\.0 universal\b/],
];
const NAMED = /SPDX-License-Identifier:[ \t]?([A-Za-z0-9.+-]+)/i;

/** The SPDX identifier of the license of which a text speaks first. */
export function licenseOfText(source: string): string | undefined {
  const plain = source
    .slice(0, LONGEST_READ)
    .toLowerCase()
    .replace(/[\s*#"“”'`;:/()]+/g, ' ');
  const named = NAMED.exec(source.slice(0, LONGEST_READ))?.[1];
  let best: { id: string; index: number } | undefined;
  for (const [id, words] of WORDS) {
    const index = words.exec(plain)?.index;
    if (index !== undefined && (best === undefined || index < best.index)) best = { id, index };
  }
  if (best === undefined) return named;
  if (best.id === 'BSD') return clausesOf(plain);
  return best.id === 'MIT' && plain.includes('without warranty') && !plain.includes(' notice')
    ? 'MIT-0'
    : best.id;
}

function clausesOf(plain: string): string {
  if (plain.includes('all advertising materials')) return 'BSD-4-Clause';
  return plain.includes('neither the name') || plain.includes('the names of its contributors may not')
    ? 'BSD-3-Clause'
    : 'BSD-2-Clause';
}
