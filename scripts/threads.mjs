// Makes the program of a worker thread one text, so that starting a thread needs no file: not in the package, and not in a bundle of it.
// Pages have a program of their own.
import { build } from 'esbuild'
import { write } from './write.mjs'

const ENTRIES = { node: 'src/platform/node/threads/program.ts', browser: 'src/platform/browser/threads/program.ts' }

/**
 * @param platform whose threads they are
 * @param target a JavaScript file; its types stand beside it
 * @returns the modules that it joins
 */
export async function bundleThreads(platform, target) {
  const entry = ENTRIES[platform]
  const { outputFiles, metafile } = await build({
    metafile: true,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    // Names are kept where stack traces show them.
    minifyIdentifiers: platform === 'browser',
    write: false,
    format: 'iife',
    // Without Node's modules, which a text that may be a script or a module cannot import.
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: {},
    legalComments: 'inline',
    logLevel: 'warning',
  })
  write(target.replace(/\.js$/, '.d.ts'), 'export declare const program: string\n')
  write(target, `// Made by scripts/threads.mjs from ${entry}.\nexport const program = ${JSON.stringify(outputFiles[0].text)}\n`)
  return Object.keys(metafile.inputs)
}
