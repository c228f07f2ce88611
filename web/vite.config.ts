import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { casusData, dataFolder } from './casus_data.ts';
import { licences } from './licences.ts';

export default defineConfig({
  plugins: [svelte(), casusData(dataFolder(process.env.CASUS_WEB_DATA, fileURLToPath(new URL('.', import.meta.url)))), licences()],
  // Nothing is put into the page as data: address or inline script, which its Content-Security-Policy forbids.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, cssCodeSplit: false },
  server: { proxy: { '/api': process.env.CASUS_SERVE ?? 'http://127.0.0.1:8080' } },
});
