import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { NONCE_PLACEHOLDER } from './src/app/console-files.ts';

/** Leaves out Ajv, which a test helper in rjsf's main module imports. It makes code, which the page's policy forbids. */
const withoutAjv: Plugin = {
  name: 'without-ajv',
  resolveId: (id) => (id === '@rjsf/validator-ajv8' ? `\0${id}` : null),
  load: (id) => (id === '\0@rjsf/validator-ajv8' ? 'export default {};' : null),
};

/** The chunks with the code of the first page. */
const FIRST_PAGE = new Set(['index', 'app', 'RunsPage']);

/**
 * Lets Chromium compile the functions of the first page on another thread, while it loads their files. The page's own thread
 * would compile most of them one by one, when they are called first. The comment counts only as the beginning of a file.
 */
const compiledEarly: Plugin = {
  name: 'compiled-early',
  generateBundle: {
    // Vite begins the files with its list of preloads.
    order: 'post',
    handler(_, files) {
      for (const file of Object.values(files))
        if (file.type === 'chunk' && FIRST_PAGE.has(file.name))
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
    },
  },
};

/** The build of the console. `npx vite` serves it with reloading, in front of a service on port 4000. */
export default defineConfig({
  root: join(import.meta.dirname, 'src/console'),
  plugins: [react(), withoutAjv, compiledEarly],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    // Which files each page needs: index.html names them to the browser, and the benchmark weighs them.
    manifest: true,
    target: 'es2023',
    // Browsers since 2024, which know light-dark().
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // The policy of the page allows images and fonts as files of this service only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
    // What the first page needs is in three files. As one file for each set of pages that share it, it was in 48, which took
    // longer to request than their code.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'index', test: /console\/entry\.ts$/, priority: 3 },
            { name: 'app', test: /console\/app\.tsx$/, priority: 2 },
            { name: 'RunsPage', test: /runs\/RunsPage\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
});
