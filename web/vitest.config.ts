import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { casusData } from './casus_data.ts';

export default defineConfig({
  plugins: [casusData(fileURLToPath(new URL('../data', import.meta.url)))],
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
});
