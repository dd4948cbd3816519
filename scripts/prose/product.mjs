// What the product itself says: its help texts and its report, taken from the built command.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandsIn } from './help.mjs'

const COMMAND = 'dist/cli/billcast.js'
const EXAMPLE = 'examples/annual-budget.yaml'

/** @param {readonly string[]} args */
async function billcast(args) {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args], { encoding: 'utf8', maxBuffer: 1e8 })
  return stdout
}

/**
 * Help of the command and of each of its subcommands, by the words that call it. The key of the first is ''.
 * @returns {Promise<ReadonlyMap<string, string>>}
 */
export async function helpTexts() {
  /** @type {Map<string, string>} */
  const found = new Map()
  /** @param {readonly string[]} path */
  const read = async (path) => {
    const help = await billcast([...path, '--help'])
    found.set(path.join(' '), help)
    // Two at a time: each is a process of its own.
    const names = commandsIn(help)
    for (let k = 0; k < names.length; k += 2) await Promise.all(names.slice(k, k + 2).map((name) => read([...path, name])))
  }
  await read([])
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * The report of the shipped example, and what the run prints.
 * @param {readonly string[]} options few trials, unless its figures are shown beside those of `npm start`
 * @returns {Promise<{ html: string, printed: string }>}
 */
export async function exampleReport(options = ['--trials', '20k']) {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-prose-'))
  try {
    const printed = await billcast(['run', EXAMPLE, ...options, '--out', join(folder, 'run')])
    return { html: readFileSync(join(folder, 'run', 'report.html'), 'utf8'), printed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
