import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.ATRIUM_URL ?? 'http://127.0.0.1:7007';

export default defineConfig({
  root: 'web',
  plugins: [react()],
  // Only the form library's own test helper wants it, and that leaves again; ours evaluates no script.
  resolve: {
    alias: { '@rjsf/validator-ajv8': resolve(import.meta.dirname, 'web/actions/form/validator.ts') },
  },
  server: { port: 5173, proxy: { '/api': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
  },
  worker: { format: 'es' },
});
