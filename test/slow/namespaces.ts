// Commands in containers and on other hosts, as Linux makes them: in namespaces of their own. Where a machine forbids them, the tests are
// skipped and say so.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

export const COMMAND = 'dist/cli/billcast.js'

/** In a container, each process has number 1. Another host has another name too, and other mounts and processes. */
const KINDS = {
  container: ['unshare', '--pid', '--fork', '--mount', '--mount-proc'],
  host: ['unshare', '--pid', '--fork', '--mount', '--mount-proc', '--uts'],
} as const
type Kind = keyof typeof KINDS

export const namespaces = spawnSync(KINDS.host[0], [...KINDS.host.slice(1), 'true']).status === 0
/** For the title of a test. */
export const orSkipped = namespaces ? '' : ' (skipped: this machine forbids unshare)'

const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

/** Words that run the command in a namespace of its own. @param before a shell's commands there */
export function inNamespace(kind: Kind, args: readonly string[], before = 'true'): readonly [string, readonly string[]] {
  const [program, ...words] = KINDS[kind]
  const name = kind === 'host' ? `hostname host-${Math.random().toString(36).slice(2, 8)} && ` : ''
  return [program, [...words, 'sh', '-c', `${name}${before} && ${quoted([process.execPath, COMMAND, ...args])}`]]
}

interface Ended {
  readonly code: number | null
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly end: Promise<Ended>
}

export function startedIn(kind: Kind, args: readonly string[], before?: string): Started {
  const [program, words] = inNamespace(kind, args, before)
  const child = spawn(program, [...words], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let stderr = ''
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString()
  })
  return { child, end: new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr }))) }
}

/** Kills a command with the shell around it. */
export const killed = ({ child }: Started): void => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
}
