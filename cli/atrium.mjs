#!/usr/bin/env node
// Starts the command line on the runtime that comes with the project: the sources are TypeScript, which
// the machine's own Node may be too old to run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const runtime = existsSync(own) ? own : process.execPath;
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const { status, signal } = spawnSync(runtime, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = signal ? 1 : (status ?? 1);
