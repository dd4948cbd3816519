// Joins the modules of the package, and most packages it uses, into few files: a command spends most of its start on finding and linking
// modules. Names that users, package.json and threads reach stay where the sources have them; other modules go into chunks, which are
// loaded when asked for.
import { readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { ENGLISH, LANGUAGES } from './english.mjs'
import { write } from './write.mjs'

/** Modules that users, package.json and threads reach by name, without the suffix `.ts`. */
const ENTRIES = [
  'api/index',
  'platform/browser/index',
  'platform/node/index',
  'platform/node/threads/pool',
  'platform/node/threads/worker',
  'platform/queue/index',
]

/**
 * Packages that stay apart: they find files of their own or hold native code, users pass their objects, they are optional, or they are
 * large and few commands need them. All others are joined, since loading zod, yaml and commander by themselves takes longer than a run.
 */
const APART = [
  '@resvg/resvg-js',
  'apache-arrow',
  'bullmq',
  'hyparquet-writer',
  'ioredis',
  // Finds a script beside it.
  'open',
  'prom-client',
  'tinyglobby',
  'vega',
  'vega-interpreter',
  'vega-lite',
  'write-excel-file',
]
const isPackage = (id) => APART.some((name) => id === name || id.startsWith(`${name}/`))
const isApart = (id) => /^(#platform$|#generated\/)/.test(id) || isPackage(id)
/** The command reads the texts of the page and the threads only if it needs them, and has the others in its files. */
const isApartFromCommand = (id) => /^(#platform$|#generated\/(page|threads)$)/.test(id) || isPackage(id)

/**
 * What a module needs at once goes into one file, apart from what has gone into those before. Else every set of modules that share another
 * would have a file of its own. Modules that need Node have files of their own, since a browser loads the others.
 */
const GROUPS = [
  { name: 'library', of: ['api/index'] },
  { name: 'package', of: ['platform/node/package'] },
  { name: 'node', of: ['platform/node/index'] },
  { name: 'thread', of: ['platform/node/threads/worker'] },
  { name: 'run', of: ['api/run'] },
  { name: 'result', of: ['platform/node/scenario-run'] },
]

/**
 * The command shares its files with no other module, so that they can be few: for its version, for every command, for the catalog, for reading
 * a plan, for billing it and for running it. To find, open and link a file takes longer than to read most of its code.
 */
const COMMAND = 'cli/billcast'
const COMMAND_GROUPS = [
  { name: 'version', of: ['platform/version.generated', 'cli/streams'] },
  { name: 'start', of: ['cli/program'] },
  { name: 'offers', of: ['cli/commands/offers'] },
  { name: 'plan', of: ['cli/commands/check'] },
  { name: 'bill', of: ['cli/commands/invoice'] },
  {
    name: 'run',
    of: ['cli/commands/run', 'api/run', 'platform/node/threads/executor', 'platform/node/reader', 'platform/node/memory'],
  },
  { name: 'result', of: ['platform/node/scenario-run'] },
]

const NATIVE = /\/src\/(cli|platform\/(node|queue))\//

const found = (name) => `process.getBuiltinModule(${JSON.stringify(name)})`
/** commander asks for it at once, and needs it only for commands that are files of their own, of which there is none. */
const SPAWN = 'node:child_process'
const LATER = `module.exports = { get spawn() { return ${found(SPAWN)}.spawn } }`

const joined = {
  name: 'joined',
  resolveId(id, _, { kind }) {
    // An ES module cannot require Node's own.
    if (isBuiltin(id)) return kind === 'require-call' ? `\0${id}` : { id, external: true }
    return undefined
  },
  load(id) {
    const name = id.startsWith('\0') ? id.slice(1) : undefined
    if (name === SPAWN) return LATER
    if (name !== undefined && isBuiltin(name)) return `module.exports = ${found(name)}`
    return LANGUAGES.test(id) ? ENGLISH : undefined
  },
}

const options = (entries, external = isApart) => ({
  input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  external,
  platform: 'neutral',
  // Else the paths of tsconfig.json would put Node's platform into bundles for browsers.
  tsconfig: false,
  resolve: { conditionNames: ['import', 'default'], mainFields: ['module', 'main'] },
  plugins: [joined],
  transform: { target: 'es2022' },
  preserveEntrySignatures: 'allow-extension',
  logLevel: 'warn',
  // One command loads a module late that another needs at once.
  checks: { ineffectiveDynamicImport: false },
})

/** The modules that each module imports at once. */
async function imports(entries, external) {
  const known = new Map()
  const seen = {
    name: 'seen',
    moduleParsed: ({ id, importedIds }) => void known.set(id, importedIds),
  }
  const bundle = await rolldown({ ...options(entries, external), plugins: [joined, seen] })
  await bundle.generate({ format: 'esm' })
  await bundle.close()
  return known
}

/**
 * The group of each module, for those that have one.
 * @param name of a module's file, from its path and the name of its group
 */
function groupsOf(entries, known, list, name) {
  const reach = (modules) => {
    const found = new Set(modules.map((module) => resolve(`src/${module}.ts`)))
    for (const id of found) for (const next of known.get(id) ?? []) if (known.has(next)) found.add(next)
    return found
  }
  const groups = new Map()
  for (const group of list) for (const id of reach(group.of)) if (!groups.has(id)) groups.set(id, name(id, group.name))
  // Modules that others reach by name stay files.
  for (const entry of entries) groups.delete(resolve(`src/${entry}.ts`))
  return groups
}

/** @param entries modules of src/, without their suffix @param folder receives the entries, at the paths of their sources */
export async function bundle(entries, folder, groups = new Map(), external = isApart) {
  const made = await rolldown(options(entries, external))
  await made.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    ...(groups.size > 0 && {
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ debugName: 'groups', name: (id) => groups.get(id) ?? null }],
      },
    }),
  })
  await made.close()
}

const BROUGHT = '\0brought'
const REPORT = '\0report'
const OWN = JSON.stringify(resolve('src/present/charts/core-vega.ts'))
const ADDRESS = '\0address'
const NO_TEXT = '\0no-text'
/** The place of the file's length in bytes. */
const LENGTH = '#bytes of core#'
const TEXTS = {
  [ADDRESS]: `export const ownFile = { address: import.meta.url, bytes: '${LENGTH}' }`,
  [NO_TEXT]: 'export const helperText = async () => undefined',
  [BROUGHT]: `export { broughtVega as loadedVega } from ${OWN}`,
  [REPORT]: `import { noReport } from ${OWN}\nnoReport()`,
}
const core = {
  name: 'core',
  resolveId(id, importer) {
    if (id === '#platform') return resolve('src/platform/browser/index.ts')
    if (id === './vega.ts') return BROUGHT
    if (id.endsWith('/own-file.ts')) return ADDRESS
    if (id === './program-text.ts') return NO_TEXT
    if (id === '#generated/page') return REPORT
    // The one that brings what a browser has not.
    return id === 'csv-parse/sync' ? this.resolve('csv-parse/browser/esm/sync', importer) : undefined
  },
  load: (id) => TEXTS[id],
}

/** @returns the modules that it joins */
async function bundleWhole(entry, file, plugins) {
  const made = await rolldown({
    ...options([entry], []),
    plugins,
    resolve: { conditionNames: ['browser', 'import', 'default'], mainFields: ['browser', 'module', 'main'] },
  })
  const { output } = await made.write({ file, format: 'esm', minify: true, codeSplitting: false })
  await made.close()
  return output.flatMap((chunk) => Object.keys(chunk.modules ?? {}))
}

/**
 * `billcast/core` and `billcast/core/vega` for browsers: the library with all that it imports but Vega, and Vega. A page needs no bundler
 * for them, and a bundler finds no package in them. Each is one file, since Observable Framework takes only the first file of a package.
 * @returns the modules that they join
 */
async function bundleCore(folder) {
  write(`${folder}/vega.d.ts`, 'export {}\n')
  const joinedModules = [
    ...(await bundleWhole('api/index', `${folder}/index.js`, [core, joined])),
    ...(await bundleWhole('present/charts/vega-entry', `${folder}/vega.js`, [])),
  ]
  measured(`${folder}/index.js`)
  return joinedModules
}

/** Writes the length of the file into it. The library starts a worker with itself only if it is this file, and nothing else. */
function measured(file) {
  const text = readFileSync(file, 'utf8')
  const bytes = String(Buffer.byteLength(text)).padStart(LENGTH.length)
  if (!text.includes(LENGTH)) throw new Error(`${file} has no place for its length`)
  writeFileSync(file, text.replace(LENGTH, bytes))
}

/** @param folder the package's dist/ @returns the modules that it joins */
export async function bundlePackage(folder) {
  const known = await imports(ENTRIES)
  const byPlatform = (id, name) => (NATIVE.test(id) ? `${name}-native` : name)
  await bundle(ENTRIES, folder, groupsOf(ENTRIES, known, GROUPS, byPlatform))
  const ofCommand = await imports([COMMAND], isApartFromCommand)
  const groups = groupsOf([COMMAND], ofCommand, COMMAND_GROUPS, (_, name) => `command-${name}`)
  await bundle([COMMAND], folder, groups, isApartFromCommand)
  return [...known.keys(), ...ofCommand.keys(), ...(await bundleCore(`${folder}/core`))]
}
