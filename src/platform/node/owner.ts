// Who holds a lock, and whether that process still runs. Numbers of processes mean nothing across containers, so an owner also states the
// machine's boot and the space in which its number counts.
import { readFile, readlink, stat } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { systemCode } from './words.ts'

export interface Owner {
  readonly tag: string
  readonly host: string
  /** One start of the machine. */
  readonly boot: string
  /** The space of process numbers: that of a container, as its /proc shows it. Empty where there is none. */
  readonly space: string
  readonly pid: number
  /** When the process started, as the system states it. Empty where it does not. */
  readonly started: string
  /** When the lock was taken. */
  readonly since: string
}

const orEmpty = (text: Promise<string>): Promise<string> => text.catch(() => '')

/** Field 22 of /proc/PID/stat; see proc(5). The second field is a name in parentheses, which may contain anything. */
async function startOf(pid: number | 'self'): Promise<string> {
  const line = await orEmpty(readFile(`/proc/${pid}/stat`, 'utf8'))
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

/** Without /proc, the time since the start gives the start, to the minute. */
const MINUTE = 60_000
const bootTime = (): string => String(Math.round((Date.now() - 1_000 * uptime()) / MINUTE))

async function spaceHere(): Promise<string> {
  const [own, proc] = await Promise.all([orEmpty(readlink('/proc/self/ns/pid')), stat('/proc').catch(() => undefined)])
  return own === '' || !proc ? '' : `${own} ${proc.dev}`
}

/** This process, as the owner of a lock. */
export async function ownerHere(tag: string): Promise<Owner> {
  const [boot, space, self, started] = await Promise.all([
    orEmpty(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    spaceHere(),
    orEmpty(readlink('/proc/self')),
    startOf('self'),
  ])
  // If /proc belongs to another process space, this process has another number there.
  const pid = Number(self) || process.pid
  return {
    ...{ tag, host: hostname(), boot: boot.trim() || bootTime(), space },
    ...{ pid, started, since: new Date().toISOString() },
  }
}

/** Whether the owner's process has certainly ended. False if this process cannot know, as on another machine. */
export async function hasEnded(owner: Owner, here: Owner): Promise<boolean> {
  if (owner.host !== here.host || owner.boot !== here.boot || owner.space !== here.space) return false
  const started = owner.space !== '' && owner.started !== '' ? await startOf(owner.pid) : ''
  if (started !== '') return started !== owner.started
  // A process of another user may be hidden, so that only its number shows whether it lives.
  try {
    process.kill(owner.pid, 0)
    return false
  } catch (error) {
    return systemCode(error) === 'ESRCH'
  }
}

/** @returns undefined if the text is not that of a lock, or not yet */
export function ownerIn(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null
    return typeof owner?.tag === 'string' && typeof owner.pid === 'number' ? (owner as Owner) : undefined
  } catch {
    return undefined
  }
}
