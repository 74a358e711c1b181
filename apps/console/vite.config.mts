import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import openapiTS, { astToString } from 'openapi-typescript';
import { defineConfig, type Plugin } from 'vite';

/** Writes the types of the service from its description, so that the console never speaks of what is not there. */
const typesOfTheService: Plugin = {
  name: 'types-of-the-service',
  async buildStart() {
    const types = astToString(await openapiTS(new URL('../../docs/openapi.json', import.meta.url)));
    mkdirSync(new URL('./api/', import.meta.url), { recursive: true });
    writeFileSync(new URL('./api/schema.d.ts', import.meta.url), types);
  },
};

// Offices run browsers with older kernels, so the syntax level is held down.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), typesOfTheService],
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome86', 'firefox78', 'safari14'],
    chunkSizeWarningLimit: 1300,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8720' } },
});
