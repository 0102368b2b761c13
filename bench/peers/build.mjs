// Bundles the pages as their makers ship them: production builds, minified.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: ['excalidraw', 'tldraw', 'blank'].map((name) => `pages/${name}.jsx`),
  outdir: 'out',
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  target: 'chrome120',
  jsx: 'automatic',
  conditions: ['production'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.IS_PREACT': '"false"' },
  external: ['*.woff2', '*.ttf'], // named by style sheets, served by serve.mjs
  logLevel: 'warning',
});
