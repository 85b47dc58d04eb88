/** Starts the server with compiled code kept between starts: without it half of a start is compiling. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
