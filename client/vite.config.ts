import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { compressed } from './compressed.js';
import { firstScreenModules } from './first-screen.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env['CONSOLE_URL'] ?? 'http://127.0.0.1:3000';

const config = {
  root: here('.'),
  resolve: { alias: { '#libs/contracts/index.js': here('../libs/contracts/index.ts') } },
  build: {
    outDir: here('../dist/client'),
    emptyOutDir: true,
    // The content security policy allows files of our own origin only: neither fonts nor icons may turn into data: URLs.
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': server,
      '/healthz': server,
      '/socket.io': { target: server, ws: true },
    },
  },
} satisfies UserConfig;

export default defineConfig(async ({ command }) => {
  if (command === 'serve') return { ...config, plugins: [react()] };
  const first = await firstScreenModules({ ...config, plugins: [react()] });
  const groups = [
    { name: 'first', test: (id: string) => first.has(id), includeDependenciesRecursively: false, priority: 1 },
    // An icon that two dialogs show is no file of its own: opening a conversation for the first time asked for forty.
    { name: 'shared', minShareCount: 2, includeDependenciesRecursively: false },
  ];
  return {
    ...config,
    plugins: [react(), compressed()],
    build: { ...config.build, rolldownOptions: { output: { codeSplitting: { groups } } } },
  };
});
