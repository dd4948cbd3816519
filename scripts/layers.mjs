// Writes lint/layers.json, the lint rules of the layering, from lint/order.json. `--check` only says whether it is up to date.
//   order     folders of src/ (`room`) and of a room (`room/part`): each may import those above it, never those below
//   bare      files that import nothing
//   upward    the one import against the order: the package's name for it, the file that has it, and what it stands for by the platform
//   platform  folders that may use Node's modules, its globals and the native packages
//   pages     folders of those that run in browsers: they may not
//   packages  every dependency: portable ones run in Deno and in a browser too, bundled ones are part of what the build makes
//   waiting   imports against the order that are still to go, by file; a test fails when one has gone
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { order, bare, upward, platform, pages, packages, waiting } = JSON.parse(
  readFileSync(resolve(root, 'lint/order.json'), 'utf8'),
)
const target = resolve(root, 'lint/layers.json')

const among = (names) => (names.length === 1 ? names[0] : `{${names.join(',')}}`)
const foldersMessage = 'Imports point upwards in the list of lint/order.json: put what both need into the upper folder.'
const packagesMessage = `Only ${among(platform)} may use Node's modules and native packages; portable packages are listed in lint/order.json.`

const roomOf = (folder) => folder.split('/')[0]
const rooms = [...new Set(order.map(roomOf))]

const below = (folders) => (folders.length === 0 ? [] : [`**/${among(folders)}/**`])
const foreign = [
  '**',
  '!.',
  '!..',
  '!./**',
  '!../**',
  '!#generated/**',
  ...[...packages.portable, ...packages.bundled].flatMap((name) => [`!${name}`, `!${name}/**`]),
]

const override = (includes, patterns) => ({
  includes: [includes],
  linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
})

/** @param packaged names that the package gives to files of its own */
const patternsOf = (folder, allowed = [], packaged = []) => [
  {
    group: [
      ...below([
        ...rooms.slice(rooms.indexOf(roomOf(folder)) + 1),
        ...order.slice(order.indexOf(folder) + 1).flatMap((path) => {
          const [room, part] = path.split('/')
          return part && room === roomOf(folder) ? [part] : []
        }),
      ]),
      ...allowed.map((path) => `!${path}`),
    ],
    message: foldersMessage,
  },
  platform.includes(roomOf(folder)) && !pages.includes(folder)
    ? { group: Object.keys(upward), message: foldersMessage }
    : { group: [...foreign, ...packaged.map((name) => `!${name}`)], message: packagesMessage },
]

/** Parts of the rooms that know Node. */
const platformParts = ['node', 'queue', ...platform.filter((room) => room !== 'platform')]
const folderOf = (file) => order.find((folder) => file.startsWith(`${folder}/`))

const overrides = [
  ...bare.map((file) => override(`src/${file}`, [{ group: ['**'], message: 'It serves all folders and imports nothing.' }])),
  ...order.map((folder) => override(`src/${folder}/**`, patternsOf(folder))),
  ...Object.entries(waiting).map(([file, allowed]) => override(`src/${file}`, patternsOf(folderOf(file), allowed))),
  ...Object.entries(upward).map(([name, { from }]) => override(`src/${from}`, patternsOf(folderOf(from), [], [name]))),
  ...pages.map((folder) =>
    override(`src/${folder}/**`, [...patternsOf(folder), { group: below(platformParts), message: packagesMessage }]),
  ),
]

// One rule a line: it is read in diffs.
const text = `{\n  "overrides": [\n${overrides.map((rule) => `    ${JSON.stringify(rule)}`).join(',\n')}\n  ]\n}\n`
if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('lint/layers.json is not what lint/order.json says: npm run layers\n')
  process.exitCode = 1
}
