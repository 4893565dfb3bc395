import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { NONCE_PLACEHOLDER } from './src/app/console-files.ts';

/** The build of the console. `npx vite` serves it with reloading, in front of a service on port 4000. */
export default defineConfig({
  root: 'src/console',
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // Browsers since 2024, which know light-dark().
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // The policy of the page allows images and fonts as files of this service only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
});
