// How long does the whole command take, from the shell to the table, and how much memory?
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { median, round } from './scenario.mjs'

const command = new URL('../dist/cli/billcast.js', import.meta.url).pathname
const folder = new URL('..', import.meta.url).pathname

function process_(args) {
  return new Promise((resolve) => {
    const began = performance.now()
    const child = spawn(process.execPath, [command, ...args], { stdio: 'ignore', cwd: folder })
    let peak = 0
    const timer = setInterval(() => {
      try {
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0))
      } catch {
        // The process has ended, or this system has no /proc.
      }
    }, 20)
    child.on('exit', () => {
      clearInterval(timer)
      resolve({ seconds: (performance.now() - began) / 1000, peak })
    })
  })
}

/** Seconds of the first line of a program. */
function imported() {
  const program = "const began = performance.now(); await import('billcast'); console.log((performance.now() - began) / 1000)"
  return Number(spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' }).stdout)
}

export async function startup() {
  const runs = {
    '--version': ['--version'],
    check: ['check', 'examples/annual-budget.yaml'],
    'run, reference, 1m trials, two threads': ['run', 'bench/reference.yaml', '--trials', '1m', '--threads', '2', '--quiet'],
    'run, examples/annual-budget.yaml, 1m trials, two threads': [
      'run',
      'examples/annual-budget.yaml',
      '--trials',
      '1m',
      '--threads',
      '2',
      '--quiet',
    ],
    'run, reference, 10m trials, none kept': [
      'run',
      'bench/reference.yaml',
      '--trials',
      '10m',
      '--no-keep-trials',
      '--threads',
      '2',
      '--quiet',
    ],
  }
  const rows = [{ what: "import 'billcast'", seconds: round(median(Array.from({ length: 5 }, imported))) }]
  for (const [what, args] of Object.entries(runs)) {
    const found = []
    for (let k = 0; k < 3; k++) found.push(await process_(args))
    rows.push({
      what,
      seconds: round(median(found.map(({ seconds }) => seconds))),
      'peak MB': Math.round(Math.max(...found.map(({ peak }) => peak)) / 1024) || undefined,
    })
  }
  return rows
}
