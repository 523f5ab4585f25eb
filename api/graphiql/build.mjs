// Bundles GraphiQL into the files that the program serves, packed as they go over the wire, with the licences of
// everything in them. The same lockfile gives the same bytes.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const settings = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  legalComments: 'none',
  target: 'es2022',
  outdir: 'served',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};
const page = await build({ ...settings, format: 'esm', entryPoints: { graphiql: 'main.js' } });
const workers = await build({
  ...settings,
  format: 'iife',
  entryPoints: {
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  },
});

// The licence of each package, as it stands in its folder.
const packages = new Set();
for (const { metafile } of [page, workers]) {
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
}
const FONTS = `Fonts in graphiql.css: Roboto (Apache-2.0), Fira Code (OFL-1.1). codicon.ttf: Codicons (CC-BY-4.0).`;
const licences = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : '';
  return `${name} ${version}: ${license}\n\n${text}`;
});

rmSync('served', { recursive: true, force: true });
mkdirSync('served');
const served = [...page.outputFiles, ...workers.outputFiles].map((file) => [file.path, file.contents]);
served.push(['licences.txt', Buffer.from([FONTS, ...licences].join('\n\n----\n\n') + '\n')]);
for (const [path, contents] of served) {
  const packed = gzipSync(contents, { level: 9 });
  // The tenth byte names the system that it was packed on.
  packed[9] = 255;
  const name = path.split('/').at(-1);
  writeFileSync(`served/${name}.gz`, packed);
  console.log(`${name}: ${contents.length} bytes, ${packed.length} packed`);
}
