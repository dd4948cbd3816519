// Standard output and standard error that are closed, full, or read by nobody.
import { type ChildProcess, spawn } from 'node:child_process'

export const STATES = ['closed', 'full', 'read by nobody'] as const
export type State = (typeof STATES)[number]
export type StreamName = 'stdout' | 'stderr'

/** Each stream in each state. */
export const BROKEN: readonly (readonly [StreamName, State])[] = (['stdout', 'stderr'] as const).flatMap((stream) =>
  STATES.map((state) => [stream, state] as const),
)

const REDIRECTIONS = { closed: '>&-', full: '>/dev/full', 'read by nobody': '' } as const

/** Starts a Node program with one stream in this state, and the other one to nowhere. Signals reach the program itself. */
export function startedWith(stream: StreamName, state: State, args: readonly string[]): ChildProcess {
  const words = [process.execPath, ...args].map((word) => `'${word}'`).join(' ')
  const redirection = REDIRECTIONS[state] && `${stream === 'stdout' ? 1 : 2}${REDIRECTIONS[state]}`
  const own = ['ignore', 'ignore', 'ignore'] as ('ignore' | 'pipe')[]
  own[stream === 'stdout' ? 1 : 2] = 'pipe'
  const child = spawn('bash', ['-c', `exec ${words} ${redirection}`], { stdio: own })
  // The pipe has no reader from now on.
  child[stream]?.destroy()
  return child
}

export const codeOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))
