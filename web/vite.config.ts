import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the dev server finds a running Jarvis (or the fixture server). */
const backend = process.env['JARVIS_URL'] ?? 'http://127.0.0.1:8480';

export default defineConfig({
  // Relative, so that the page works below any path of a reverse proxy.
  base: './',
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // The content security policy allows fonts and scripts from 'self' only, never from data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: backend, changeOrigin: true },
      '/ws': { target: backend, changeOrigin: true, ws: true },
    },
  },
});
