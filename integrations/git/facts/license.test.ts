import { describe, expect, it } from 'vitest';
import { license } from './license.ts';
import { licenseOfText } from './license-texts.ts';
import { observe } from './scope.test-helper.ts';

const MIT = `MIT License

Copyright (c) 2026 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal`;
const BSD = `Copyright (c) 2026, Somebody
All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:`;

describe('licenseOfText', () => {
  it.each([
    [
      'Apache-2.0',
      '\n                                 Apache License\n                           Version 2.0, January 2004',
    ],
    ['Apache-2.0', '# Licensed under the Apache License, Version 2.0 (the "License");'],
    ['MIT', MIT],
    ['MIT', MIT.replace('MIT License\n', '')],
    ['MIT-0', `${MIT}\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND`],
    ['MIT', `${MIT}\nThe above copyright notice shall be included\nWITHOUT WARRANTY OF ANY KIND`],
    ['BSD-2-Clause', BSD],
    ['BSD-3-Clause', `${BSD}\n3. Neither the name of the copyright holder nor the names of its contributors`],
    ['BSD-4-Clause', `${BSD}\n3. All advertising materials mentioning features`],
    [
      'GPL-2.0',
      '                    GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991',
    ],
    [
      'GPL-3.0',
      '                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007',
    ],
    [
      'LGPL-2.1',
      '                  GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 2.1, February 1999',
    ],
    [
      'LGPL-3.0',
      'GNU LESSER GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n incorporates the terms of version 3 of the GNU General Public License',
    ],
    ['AGPL-3.0', 'GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3, 19 November 2007'],
    [
      'MPL-2.0',
      'Mozilla Public License Version 2.0\n1.12. means either the GNU General Public License, Version 2.0, the GNU Lesser General Public License, Version 2.1',
    ],
    [
      'ISC',
      'Copyright\n\nPermission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted, provided that the above',
    ],
    ['Unlicense', 'This is free and unencumbered software released into the public domain.'],
    ['EUPL-1.2', '// SPDX-License-Identifier: EUPL-1.2'],
  ])('knows %s', (id, source) => {
    expect(licenseOfText(source)).toBe(id);
  });

  it('does not take any words for a license', () => {
    expect(licenseOfText('Copyright Acme. All rights reserved. For staff only.')).toBeUndefined();
  });
});

describe('license', () => {
  it('takes the nearest, and tells its file', () => {
    const files = {
      LICENSE: 'Apache License\nVersion 2.0',
      'api/package.json': '{"license":"MIT"}',
      'web/a.ts': '',
    };
    expect(observe(license, files, { folder: 'api' })).toEqual({
      value: { present: true, spdx: 'MIT' },
      path: 'api/package.json',
    });
    expect(observe(license, files, { folder: 'web' })).toEqual({
      value: { present: true, spdx: 'Apache-2.0' },
      path: 'LICENSE',
    });
  });

  it('says no identifier of a text that it does not know', () => {
    expect(observe(license, { 'LICENSE.md': 'Our own terms.' })?.value).toEqual({ present: true });
    expect(observe(license, { LICENSE: '  \n' })?.value).toEqual({ present: false });
  });

  it('puts several together', () => {
    const texts = { 'LICENSE-MIT': MIT, 'LICENSE-APACHE': 'Apache License\nVersion 2.0' };
    expect(observe(license, texts)?.value.spdx).toBe('MIT OR Apache-2.0');
    const crate = { ...texts, 'Cargo.toml': '[package]\nlicense = "Apache-2.0 OR MIT"' };
    expect(observe(license, crate)?.value.spdx).toBe('Apache-2.0 OR MIT');
    const lesser = {
      COPYING: 'GNU GENERAL PUBLIC LICENSE Version 3',
      'COPYING.LESSER': 'GNU LESSER GENERAL PUBLIC LICENSE Version 3',
    };
    expect(observe(license, lesser)?.value.spdx).toBe('LGPL-3.0');
    expect(observe(license, { 'LICENSES/MPL-2.0.txt': 'x' })?.value.spdx).toBe('MPL-2.0');
  });

  it.each([
    ['package.json', '{"licenses":[{"type":"MIT"},{"type":"ISC"}]}', 'MIT OR ISC'],
    ['Cargo.toml', '[package]\nlicense = "MIT/Apache-2.0"', 'MIT OR Apache-2.0'],
    ['pyproject.toml', '[project]\nlicense = {text = "Apache License 2.0"}', 'Apache-2.0'],
    ['pyproject.toml', '[project]\nclassifiers = ["License :: OSI Approved :: MIT License"]', 'MIT'],
    ['pyproject.toml', '[tool.poetry]\nlicense = "BSD-3-Clause"', 'BSD-3-Clause'],
    [
      'composer.json',
      '{"license":["LGPL-2.1-only","GPL-3.0-or-later"]}',
      'LGPL-2.1-only OR GPL-3.0-or-later',
    ],
    [
      'pom.xml',
      '<project><licenses><license><name>Apache License, Version 2.0</name></license></licenses></project>',
      'Apache-2.0',
    ],
  ])('reads what %s declares', (path, source, spdx) => {
    expect(observe(license, { [path]: source })).toEqual({ value: { present: true, spdx }, path });
  });

  it('sees none where a manifest says that there is none, nor in code', () => {
    const files = {
      'package.json': '{"license":"UNLICENSED"}',
      'license.ts': MIT,
      'LICENSE-THIRD-PARTY.md': MIT,
    };
    expect(observe(license, files)?.value).toEqual({ present: false });
  });
});
