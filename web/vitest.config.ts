import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { casusData, dataFolder } from './casus_data.ts';

export default defineConfig({
  plugins: [casusData(dataFolder(process.env.CASUS_WEB_DATA, fileURLToPath(new URL('.', import.meta.url))))],
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
});
