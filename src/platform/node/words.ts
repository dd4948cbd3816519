// Errors of the operating system and of Node in words, with the way out. Each is a clause that follows "but" or a colon.
import { describeProblem, messageOf, ScenarioError, visible } from '../../errors.ts'

interface Failure {
  readonly words: string
  /** What the user can do. Absent where every message that has the words says it. */
  readonly way?: string
}

const PERMISSION = { words: 'permission is denied', way: 'Change its permissions, or choose another place' }
const PLACE = 'Choose another place'
const FILES = 'Raise the limit (ulimit -n), or use fewer threads (--threads)'

/** By the code of the error. */
const SYSTEM: Readonly<Record<string, Failure>> = {
  ENOENT: { words: 'there is no such file or folder', way: 'Check the path' },
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EBUSY: { words: 'another program uses it', way: 'Close that program' },
  EROFS: { words: 'the disk is read-only', way: PLACE },
  ENOSPC: { words: 'the disk is full', way: 'Free some space, or choose another disk' },
  EDQUOT: { words: 'the disk quota is used up', way: 'Free some space, or choose another disk' },
  EFBIG: { words: 'the file is larger than the system allows', way: 'Raise the limit (ulimit -f), or choose another disk' },
  EIO: { words: 'the disk reports an error', way: PLACE },
  EISDIR: { words: 'it is a folder', way: 'Name a file' },
  ENOTDIR: { words: 'part of its path is a file, not a folder', way: 'Check the path' },
  ENOTEMPTY: { words: 'the folder is not empty', way: PLACE },
  EEXIST: { words: 'a file of that name exists', way: 'Move it away, or choose another name' },
  ELOOP: { words: 'its links form a loop', way: 'Remove one of the links' },
  EXDEV: { words: 'it is on another disk', way: PLACE },
  ENAMETOOLONG: { words: 'the name is too long', way: 'Choose a shorter one' },
  EMFILE: { words: 'too many files are open', way: FILES },
  ENFILE: { words: 'too many files are open on this machine', way: 'Close other programs' },
  EAGAIN: {
    words: 'the system starts no more threads',
    way: 'Raise the limit on processes (ulimit -u, or pids of a container), or use --threads 1',
  },
  ENOMEM: { words: 'the system has no more memory', way: 'Use fewer trials or threads (--trials, --threads)' },
  ECONNREFUSED: { words: 'the connection is refused', way: 'Start the server, or check its address' },
  ENOTFOUND: { words: 'no machine has that name', way: 'Check the address' },
  EAI_AGAIN: { words: 'the name cannot be looked up', way: 'Check the network' },
  EADDRNOTAVAIL: { words: 'this machine has no such address', way: 'Check the address' },
  EHOSTUNREACH: { words: 'the machine cannot be reached', way: 'Check the network' },
  ENETUNREACH: { words: 'the network cannot be reached', way: 'Check the network' },
  ETIMEDOUT: { words: 'it does not answer', way: 'Check the network' },
  EADDRINUSE: { words: 'another program uses this address', way: 'Choose another port' },
  ECONNRESET: { words: 'the connection was reset', way: 'Check the network' },
}

/** By the text of Node's and V8's errors, which name no code or one of their own. */
const ENGINE: readonly (Failure & { readonly text: RegExp })[] = [
  {
    text: /(WebAssembly\.\w+\(\): (could not allocate|Out of memory)[^.;]*|Array buffer allocation failed|Invalid (typed )?array( buffer)? length.*)/,
    words: 'the system refuses the memory',
    way: 'Lift the limit on memory (ulimit -v), or use fewer threads and trials (--threads, --trials)',
  },
  {
    text: /(Worker terminated due to reaching memory limit[^.;]*|(JavaScript )?heap out of memory)/,
    words: "the memory for a thread's objects is used up",
    way: 'Use fewer trials, or raise the limit (NODE_OPTIONS=--max-old-space-size=8192)',
  },
  {
    text: /Worker initialization failure: EMFILE/,
    words: 'too many files are open for another thread',
    way: FILES,
  },
  { text: /(ERR_WORKER_INIT_FAILED|Worker initialization failure(: \w+)?)/, ...SYSTEM.EAGAIN },
  {
    text: /(Invalid string length|Cannot create a string longer than [^.;]*)/,
    words: 'the text is longer than Node allows',
    way: 'Use fewer offers, months or scenarios at once',
  },
]

/** The code of a system error, such as ENOENT. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

const known = (code: string): Failure | undefined => (Object.hasOwn(SYSTEM, code) ? SYSTEM[code] : undefined)

/** The words for an error, without the path of the file, which the caller names. */
export function plainWords(error: unknown): string {
  const code = systemCode(error) ?? ''
  const failure = known(code)
  return failure ? `${failure.words} (${code})` : inWords(messageOf(error))
}

/** Node's own text of a system error: "EMFILE: too many open files, open '/a'". Threads that cannot start give the code alone. */
const RAW = /\b(E[A-Z0-9]{2,}): [^,']+, \w+(?: ('[^']*')(?: -> '[^']*')?)?|(?<=^|: )(E[A-Z0-9]{2,})$/g

/** A message in which every text of Node stands in words. */
const inWords = (message: string): string =>
  ENGINE.reduce((text, { text: own, words }) => text.replace(own, words), message).replace(
    RAW,
    (raw, code: string | undefined, path: string | undefined, alone: string | undefined) => {
      const own = code ?? alone ?? ''
      const failure = known(own)
      return failure ? `${path === undefined ? '' : `${path.slice(1, -1)}: `}${failure.words} (${own})` : raw
    },
  )

/** An error for a person: its message in words, and the way out if the message ends without one. */
export function withWayOut(error: unknown): string {
  const message = inWords(messageOf(error))
  const failure = Object.entries(SYSTEM).find(([code, { words }]) => message.endsWith(`${words} (${code})`))?.[1]
  const { way } = failure ?? ENGINE.find(({ words }) => message.endsWith(words)) ?? {}
  return way === undefined ? message : `${message}. ${way}`
}

const SHOWN = 20

/** A long list of problems usually has one cause, so the first ones are enough. */
export function errorWords(error: unknown): string {
  if (!(error instanceof ScenarioError)) return visible(withWayOut(error))
  const lines = error.problems.slice(0, SHOWN).map(describeProblem)
  const more = error.problems.length - lines.length
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')
}
