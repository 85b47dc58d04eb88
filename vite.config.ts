import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.ATRIUM_URL ?? 'http://127.0.0.1:7007';

export default defineConfig({
  root: 'web',
  plugins: [react()],
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
