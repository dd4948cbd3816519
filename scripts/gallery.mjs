// The gallery of charts: docs/chart-gallery.md and a picture of each kind, drawn by the call and by the command that the page shows.
// test/present/charts/gallery.test.ts fails if a kind has no entry, and if a picture or the page differs from what the code draws now.
//   node scripts/gallery.mjs --write [KIND …]     draws them anew, or only these kinds. Look at each that changed.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ENTRIES, SETUP, START } from './gallery/entries.mjs'
import { galleryPage } from './gallery/page.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const PICTURES = join(ROOT, 'docs/pictures/charts')
const PAGE = join(ROOT, 'docs/chart-gallery.md')

/** A picture without digits that nobody sees: those of places, not those of its text. @param {string} svg */
export const lightened = (svg) =>
  `${svg.replace(/<[^>]*>/g, (tag) => tag.replace(/-?\d+\.\d{2,}/g, (digits) => String(Number(Number(digits).toFixed(1)) || 0)))}\n`

/** A folder in which the calls and commands run, as in a project that has the package. @template T @param {(folder: string) => T} use @returns {T} */
export function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-gallery-'))
  try {
    cpSync(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true })
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(ROOT, join(folder, 'node_modules/billcast'))
    runCommands(folder, SETUP)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder @param {string} text */
function runCommands(folder, text) {
  const program = `set -euo pipefail\nnpx() { shift; '${process.execPath}' '${ROOT}/dist/cli/billcast.js' "$@"; }\n${text}`
  try {
    execFileSync('bash', ['-c', program], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    throw new Error(`${text}\n${/** @type {{ stderr?: string }} */ (error).stderr}`)
  }
}

/** @param {string} folder @param {string} kind */
function taken(folder, kind) {
  const file = join(folder, `${kind}.svg`)
  const svg = lightened(readFileSync(file, 'utf8'))
  rmSync(file)
  return svg
}

/** The picture and the specification of each kind. @typedef {{ svg: string, spec: object }} Drawn */

/** What the calls draw, by kind. @returns {Map<string, Drawn>} @param {string} folder @param {readonly string[]} kinds */
export function drawnByCalls(folder, kinds) {
  const entries = ENTRIES.filter(({ kind }) => kinds.includes(kind))
  const blocks = entries.map(
    ({ kind, call }) =>
      `{\n${call}\nwriteFileSync('${kind}.svg', await chart.toSVG())\nwriteFileSync('${kind}.json', JSON.stringify(chart))\n}`,
  )
  writeFileSync(join(folder, 'calls.mjs'), `${START}\n${blocks.join('\n')}\n`)
  execFileSync(process.execPath, ['calls.mjs'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Map(
    entries.map(({ kind }) => {
      const spec = JSON.parse(readFileSync(join(folder, `${kind}.json`), 'utf8'))
      return [kind, { svg: taken(folder, kind), spec }]
    }),
  )
}

/** What the commands draw, by kind. @param {string} folder @param {readonly string[]} kinds */
export function drawnByCommands(folder, kinds) {
  const entries = ENTRIES.filter(({ kind }) => kinds.includes(kind))
  return new Map(
    entries.map(({ kind, command }) => {
      runCommands(folder, command)
      return [kind, taken(folder, kind)]
    }),
  )
}

/** @param {string} kind */
const stored = (kind) => (existsSync(join(PICTURES, `${kind}.svg`)) ? readFileSync(join(PICTURES, `${kind}.svg`), 'utf8') : '')

/** What is wrong with the gallery, in sentences. @param {readonly string[]} kinds @param {readonly string[]} byCommand whose commands are run too */
export function faultsOf(kinds, byCommand = kinds) {
  const known = ENTRIES.map(({ kind }) => kind)
  const missing = kinds.filter((kind) => !known.includes(kind)).map((kind) => `${kind} has no entry in scripts/gallery/entries.mjs`)
  const unknown = known.filter((kind) => !kinds.includes(kind)).map((kind) => `${kind} is no kind of chart any more`)
  if (missing.length + unknown.length > 0) return [...missing, ...unknown]
  const lost = readdirSync(PICTURES).filter((name) => !known.includes(name.replace(/\.svg$/, '')))
  return inFolder((folder) => {
    const calls = drawnByCalls(folder, known)
    const commands = drawnByCommands(folder, byCommand)
    const again = 'Run `node scripts/gallery.mjs --write` and look at the picture'
    return [
      ...lost.map((name) => `docs/pictures/charts/${name} belongs to no kind of chart`),
      ...known.flatMap((kind) => [
        ...(calls.get(kind)?.svg === stored(kind) ? [] : [`the picture of ${kind} is not what the code draws now. ${again}`]),
        ...(!commands.has(kind) || commands.get(kind) === calls.get(kind)?.svg
          ? []
          : [`the command of ${kind} draws another picture than its call`]),
      ]),
      ...(readFileSync(PAGE, 'utf8') === galleryPage(new Map(known.map((kind) => [kind, stored(kind)])))
        ? []
        : [`docs/chart-gallery.md differs. ${again}`]),
    ]
  })
}

/** @param {readonly string[]} kinds */
function write(kinds) {
  mkdirSync(PICTURES, { recursive: true })
  const drawn = inFolder((folder) => drawnByCalls(folder, kinds))
  for (const [kind, { svg }] of drawn) writeFileSync(join(PICTURES, `${kind}.svg`), svg)
  writeFileSync(PAGE, galleryPage(new Map(ENTRIES.map(({ kind }) => [kind, stored(kind)]))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [mode, ...asked] = process.argv.slice(2)
  if (mode === '--write') write(asked.length > 0 ? asked : ENTRIES.map(({ kind }) => kind))
  else console.error('usage: node scripts/gallery.mjs --write [KIND …]')
}
