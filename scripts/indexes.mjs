// Writes the indexes of the folders that are extended by adding a file: distributions, charges, statistics, commands.
// A scan at run time would break bundlers, so the build scans. Indexes are not committed: the folder alone states what exists.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { write } from './write.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * The folders. `exported` finds the names that a file adds to the list (a regular expression with one group, applied to each line);
 * `lazy` lists loaders in place of values, with the `texts` of `export const summary = '…'` and others, so that listing loads nothing.
 */
const INDEXES = [
  {
    folder: 'src/numerics/distributions',
    target: 'src/numerics/distributions/index.generated.ts',
    list: 'records',
    exported: /^export const (\w+Distribution) = /gm,
    skip: ['distribution.ts', 'experts.ts', 'index.ts', 'interval.ts'],
  },
  {
    folder: 'src/contract/charges',
    target: 'src/contract/charges/index.generated.ts',
    list: 'charges',
    exported: /^export const (\w+Charge) = /gm,
    skip: ['index.ts', 'model.ts', 'tiers.ts'],
  },
  {
    folder: 'src/summary/statistics',
    target: 'src/summary/statistics.generated.ts',
    list: 'statistics',
    exported: /^export const (\w+) = statistic\(/gm,
  },
  {
    folder: 'src/cli/commands',
    target: 'src/cli/commands/index.generated.ts',
    list: 'commands',
    lazy: true,
    texts: ['summary', 'group'],
  },
]

const HEAD = '// Made by scripts/indexes.mjs from the files of the folder.\n'

const filesOf = (folder, target) =>
  readdirSync(resolve(root, folder))
    .filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.generated.ts') && resolve(root, folder, name) !== resolve(root, target),
    )
    .sort()

const pathFrom = (target, file) => {
  const path = relative(dirname(target), file)
  return path.startsWith('.') ? path : `./${path}`
}

function eager({ folder, target, list, exported, skip = [] }) {
  const found = filesOf(folder, target)
    .filter((name) => !skip.includes(name))
    .flatMap((name) => {
      const names = [...readFileSync(resolve(root, folder, name), 'utf8').matchAll(exported)].map(([, one]) => one)
      if (names.length === 0)
        throw new Error(`${folder}/${name}: expected an export that matches ${exported}, or the file in \`skip\``)
      return [{ path: pathFrom(target, `${folder}/${name}`), names }]
    })
  const imports = found.map(({ path, names }) => `import { ${names.join(', ')} } from '${path}'\n`)
  const all = found.flatMap(({ names }) => names)
  const repeated = all.find((name, k) => all.indexOf(name) !== k)
  if (repeated) throw new Error(`${folder}: two files export ${repeated}`)
  return `${HEAD}${imports.join('')}\nexport const ${list} = { ${all.join(', ')} } as const\n`
}

function lazy({ folder, target, list, texts, skip = [] }) {
  const entries = filesOf(folder, target)
    .filter((name) => !skip.includes(name))
    .map((name) => {
      const source = readFileSync(resolve(root, folder, name), 'utf8')
      const stated = texts.map((text) => {
        const [, value] =
          source.match(new RegExp(`^export const ${text} =\\s*('(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*")$`, 'm')) ?? []
        if (!value) throw new Error(`${folder}/${name}: expected \`export const ${text} = '…'\``)
        return `${text}: ${value}`
      })
      const path = pathFrom(target, `${folder}/${name}`)
      return `  { name: '${basename(name, '.ts')}', ${stated.join(', ')}, load: () => import('${path}') },\n`
    })
  return `${HEAD}\nexport const ${list} = [\n${entries.join('')}] as const\n`
}

export function writeIndexes() {
  for (const index of INDEXES) {
    const text = index.lazy ? lazy(index) : eager(index)
    write(resolve(root, index.target), text)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeIndexes()
