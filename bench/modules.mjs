// Benchmarks time inner modules, which the package has joined into chunks: builds those that the files of this folder import.
import { readdirSync, readFileSync } from 'node:fs'
import { bundle } from '../scripts/bundle.mjs'

const imported = readdirSync('bench', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.mjs'))
  .flatMap((path) => [...readFileSync(`bench/${path}`, 'utf8').matchAll(/ from '[./]+\/\.cache\/modules\/([\w/-]+)\.js'/g)])
  .map(([, entry]) => entry)

await bundle([...new Set(imported)], '.cache/modules')
