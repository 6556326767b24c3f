import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where the dev server finds a running Jarvis (or the fixture server). */
const backend = process.env['JARVIS_URL'] ?? 'http://127.0.0.1:8480';

/** How often each occurs in xterm.js; another count is another xterm.js, at which somebody has to look. */
const inlineStyles: [from: string, to: string, times: number][] = [
  ['createElement("style")', 'createElement("terminal-sheet")', 3],
  ['t.setAttribute("style",`${t.getAttribute("style")||""}${e};`)', 't.style.cssText+=`${e};`', 1],
];

/** The policy under which the page is served allows no inline style, and xterm.js writes some: they go by way of the CSSOM. */
function strictXterm(): Plugin {
  return {
    name: 'strict-xterm',
    transform(code, id) {
      if (!id.endsWith('@xterm/xterm/lib/xterm.mjs')) return undefined;
      return inlineStyles.reduce((changed, [from, to, times]) => {
        const parts = changed.split(from);
        if (parts.length - 1 !== times) throw new Error(`xterm.js has ${String(parts.length - 1)} of ${from}, not ${String(times)}: look how it writes styles now.`);
        return parts.join(to);
      }, code);
    },
  };
}

export default defineConfig({
  // Relative, so that the page works below any path of a reverse proxy.
  base: './',
  plugins: [react(), strictXterm()],
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
