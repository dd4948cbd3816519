// The fenced blocks of a document, run as a reader would run them: in order, in one folder, with fewer trials.
//   js, ts    type-checked against the built package, then run
//   yaml      run as a scenario, a fragment when it has been completed to one; `# plan.yaml` in its first line names its file
//   sh        run by bash, where `billcast` is the built command and `npm` only looks whether it knows what is asked
//   json      read
//   text      all that is not run
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { readPortfolio } from '../../src/scenario/portfolio/read.ts'
import { simulate } from 'billcast'
import { parse } from 'yaml'
import { here } from '../end-to-end/command.ts'

export interface Snippet {
  readonly line: number
  readonly language: string
  readonly text: string
}

/** Blocks between fences of three or more backticks or tildes, which may be indented. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const found: Snippet[] = []
  let open: { readonly fence: string; readonly language: string; readonly line: number; readonly indent: number } | undefined
  let body: string[] = []
  markdown.split(/\r?\n/).forEach((row, k) => {
    const [, indent, fence, info] = /^(\s*(?:> ?)?)(`{3,}|~{3,})\s*(.*)$/.exec(row) ?? []
    if (!open && fence !== undefined) {
      open = { fence, language: info.trim(), line: k + 1, indent: indent.length }
      body = []
    } else if (open && fence?.startsWith(open.fence) && info.trim() === '') {
      found.push({ line: open.line, language: open.language, text: `${body.join('\n')}\n` })
      open = undefined
    } else if (open) body.push(row.slice(Math.min(open.indent, row.length - row.trimStart().length)))
  })
  if (open) throw new Error(`the block that begins in line ${open.line} does not end`)
  return found
}

/** The first line of what test/slow/bundles.test.ts runs. */
export const CONFIGURATION = /^\/\/ ((?:esbuild|vite|webpack)\S*\.mjs)\n/

/** The calls and commands of this page follow each other, and test/present/charts/gallery.test.ts runs them together. */
const GALLERY = 'docs/chart-gallery.md'

/** What a queue needs is installed by `.ci/run`. */
const redis = spawnSync('redis-server', ['--version']).status === 0

/** The blocks of the README and of docs/, by document: those that are only read, or programs and commands too. */
export function runnable(
  what: 'data' | 'everything',
): readonly { readonly document: string; readonly snippets: readonly Snippet[] }[] {
  const names = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return ['README.md', ...names.map((name) => `docs/${name}`)].flatMap((document) => {
    const snippets = snippetsOf(readFileSync(document, 'utf8')).filter(({ language, text }) =>
      CONFIGURATION.test(text)
        ? false
        : ['js', 'ts', 'sh'].includes(language)
          ? what === 'everything' && document !== GALLERY && (redis || !/redis/.test(text))
          : true,
    )
    return snippets.length > 0 ? [{ document, snippets }] : []
  })
}

const FEW = '64'
const command = resolve('dist/cli/billcast.js')
const { name, scripts, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly name: string
  readonly scripts: object
  readonly peerDependencies: object
}

/** Pattern of the commands that know --trials. */
async function commandsOfTrials(): Promise<string> {
  const names = (await here(['--help'])).stdout.matchAll(/^ {2}([a-z][\w-]*) {2,}/gm)
  const found: string[] = []
  for (const [, name] of names) if ((await here([name, '--help'])).stdout.includes('--trials')) found.push(name)
  if (!found.includes('run')) throw new Error('billcast run has no option --trials any more')
  return found.join(' | ')
}

/** What the shell finds under the names of the command and of npm. */
const programs: Readonly<Record<string, string>> = {
  // Commands with --trials run few trials here. The option stands last, because the last one counts. A test of figures runs all trials.
  billcast: `
[ -z "\${BILLCAST_ALL_TRIALS:-}" ] || exec '${process.execPath}' '${command}' "$@"
few=${FEW}
# It serves until it is stopped.
if [ "\${1:-}" = open ]; then
  timeout --foreground --preserve-status --signal=INT 3 '${process.execPath}' '${command}' "$@" --no-browser
  exit
fi
# Weighted results and prefixes of a run need more trials.
case "\${1:-}" in reforecast | track) few=8192 ;; converge) few=2048 ;; backtest) few=1024 ;; esac
case " $* " in *' --help '*) ;; *) case "\${1:-}" in ${await commandsOfTrials()}) set -- "$@" --trials "$few" ;; esac ;; esac
exec '${process.execPath}' '${command}' "$@"`,
  npx: `
[ "$1" = billcast ] || { echo "npx $1 is not the command of this package" >&2; exit 1; }
shift
exec billcast "$@"`,
  npm: `
case "$1" in
  run) script=$2 ;;
  start | test) script=$1 ;;
  ci) exit 0 ;;
  i | install)
    [ $# -eq 1 ] || [ "$2" = '${name}' ] && exit 0
    shift
    for package in "$@"; do case ' ${Object.keys(peerDependencies).join(' ')} ' in *" $package "*) ;; *) exit 1 ;; esac; done
    exit 0 ;;
esac
case ' ${Object.keys(scripts).join(' ')} ' in *" \${script:?npm "$1" is not known here} "*) ;; *) echo "there is no npm script $script" >&2; exit 1 ;; esac`,
}

/** What a fragment leaves out. */
const completion = {
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%', noise: { sd: '2pt' } },
  human: { cost: '$6.00' },
  offers: { flat: { charges: [{ meter: 'conversations', price: '$0.80' }] } },
}

/** A scenario, a list of charges, an offer, or some fields of a scenario, as a scenario. */
function completed(text: string): string {
  const value: unknown = parse(text)
  if (Array.isArray(value)) return JSON.stringify({ ...completion, offers: { quoted: { charges: value } } })
  if (typeof value !== 'object' || value === null) throw new Error('neither a scenario nor a part of one')
  if ('charges' in value) return JSON.stringify({ ...completion, offers: { quoted: value } })
  return ('conversations' in value || 'segments' in value) && 'offers' in value ? text : JSON.stringify({ ...completion, ...value })
}

/** A folder in which the blocks of one document run. */
export class Reading {
  readonly folder = mkdtempSync(join(tmpdir(), 'billcast-snippets-'))
  readonly #bin = join(this.folder, 'bin')

  constructor() {
    cpSync('examples', join(this.folder, 'examples'), { recursive: true })
    mkdirSync(this.#bin)
    mkdirSync(join(this.folder, 'node_modules'))
    symlinkSync(resolve('.'), join(this.folder, 'node_modules/billcast'), 'junction')
    symlinkSync(resolve('node_modules/@types'), join(this.folder, 'node_modules/@types'), 'junction')
    for (const [program, text] of Object.entries(programs)) {
      writeFileSync(join(this.#bin, program), `#!/usr/bin/env bash\nset -eu${text}\n`)
      chmodSync(join(this.#bin, program), 0o755)
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** @param all whether commands run as many trials as they say */
  #spawn(program: string, args: readonly string[], all = false): string {
    const env = {
      ...process.env,
      // Pages show what a terminal of 120 columns has room for.
      COLUMNS: '120',
      ...(all && { BILLCAST_ALL_TRIALS: '1' }),
      PATH: [this.#bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    }
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: this.folder, env, encoding: 'utf8', timeout: 600_000 })
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
    return stdout
  }

  /** Runs a block of commands with all of their trials. Returns what they print. */
  printed({ text }: Snippet): string {
    return this.#spawn('bash', ['-euo', 'pipefail', '-c', text], true)
  }

  /** Writes a plan that names its file. */
  write({ text }: Snippet): void {
    const file = /^# (\S+\.ya?ml)\s*$/.exec(text.split('\n', 1)[0])?.[1]
    if (file !== undefined) writeFileSync(join(this.folder, file), text)
  }

  /** Checks the types of all programs of the document at once, and makes them what runs. @throws Error that names the file and line */
  compile(snippets: readonly Snippet[]): void {
    const files = snippets.flatMap(({ language, text, line }): string[] => {
      if (language !== 'js' && language !== 'ts') return []
      const short = text.replace(
        /\btrials: ([\d_]+)/g,
        (_, trials: string) => `trials: ${Math.min(8_192, Number(trials.replaceAll('_', '')))}`,
      )
      const file = `snippet-${line}.m${language}`
      writeFileSync(join(this.folder, file), short)
      return [file]
    })
    if (files.length === 0) return
    const tsc = [
      resolve('node_modules/typescript/bin/tsc'),
      ...files,
      '--outDir',
      'run',
      '--rootDir',
      '.',
      '--allowJs',
      '--checkJs',
    ]
    const options = ['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext', '--types', 'node']
    this.#spawn(process.execPath, [...tsc, ...options])
  }

  /** @throws Error when the block does not do what it should, or when nobody has said what it is */
  async run({ language, text, line }: Snippet): Promise<void> {
    switch (language) {
      case 'js':
      case 'ts': {
        this.#spawn(process.execPath, [`run/snippet-${line}.mjs`])
        return
      }
      case 'yaml': {
        this.write({ language, text, line })
        // The plans of a portfolio stand in later blocks. The command in the page runs them together.
        if (/^portfolio:/m.test(text)) readPortfolio(text)
        // Data that a scenario names stand beside the examples.
        else await simulate(completed(text), { trials: Number(FEW), threads: 1, folder: 'examples' })
        return
      }
      case 'sh':
        this.#spawn('bash', ['-euo', 'pipefail', '-c', text])
        return
      case 'json':
        JSON.parse(text)
        return
      case 'text': {
        const runnable = /^(?:\$ )?(?:npx |npm |billcast )|^import .* from /m.exec(text)
        if (runnable) throw new Error(`marked as text, yet it can be run: ${runnable[0]}`)
        return
      }
      default:
        throw new Error(`a block in "${language}" is not run: make it js, ts, yaml, sh or json, or mark it as text`)
    }
  }
}
