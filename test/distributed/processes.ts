// Workers and batches as users start them.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildCpu } from '../cpu.ts'
import { pause } from './redis.ts'

export const COMMAND = 'dist/cli/billcast.js'

export interface Running {
  readonly child: ChildProcess
  readonly printed: () => string
  readonly ended: Promise<number | null>
}

export function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}, command = COMMAND): Running {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      text += part.toString()
    })
  return { child, printed: () => text, ended: new Promise((resolve) => child.once('close', (code) => resolve(code))) }
}

export async function until(what: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = performance.now() + 1000 * seconds; !(await what()); ) {
    if (performance.now() > end) throw new Error(`not so within ${seconds} s: ${what}`)
    await pause(50)
  }
}

const serving = (address: string) => ['worker', '--queue', address, '--threads', '1', '--log', 'json']

export const worker = (address: string, ...more: string[]): Running => begin([...serving(address), ...more])

/** A worker whose CPU time is measured. */
export const measuredWorker = (address: string, cpu: ChildCpu, ...more: string[]): Running =>
  begin([...serving(address), ...more], cpu.env)

/** The events of one kind in a worker's log. */
export const eventsOf = ({ printed }: Running, event: string): Record<string, unknown>[] =>
  printed()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
    .filter((line) => line.event === event)

export async function stop({ child, ended }: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  child.kill(signal)
  return ended
}

/** SHA-256 of every file below a folder but for the manifests, whose dates differ; and what the manifests say of the files. */
export function hashes(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Object.fromEntries(
    names.map((path) => {
      const name = path.slice(folder.length + 1)
      const bytes = readFileSync(path)
      if (!name.endsWith('manifest.json')) return [name, createHash('sha256').update(bytes).digest('hex')]
      const { run: _, sha256: __, ...own } = JSON.parse(bytes.toString()) as Record<string, unknown>
      return [name, createHash('sha256').update(JSON.stringify(own)).digest('hex')]
    }),
  )
}
