// When the threads of this process may end. V8 compiles a thread's busy functions in the background, and may go on for a moment after the
// thread's last answer. Node 20 forgets a thread that ends before it stops that work. If the work then needs memory, the whole process dies
// of `Assertion failed: (data.first) != nullptr` (docs/decisions.md). So threads only end when they have not worked for a while.

/** Milliseconds without work, by which a function has nearly always been compiled: it takes some tens of them on an idle machine. */
const QUIET = 200
/** Fewer when the process exits: somebody waits for the command, whose files and figures are written. */
const QUIET_AT_EXIT = 50

let [threads, last] = [0, Number.NEGATIVE_INFINITY]

/** @param since when they last worked */
const left = (since: number, quiet = QUIET): number => Math.max(0, since + quiet - performance.now())

/** A thread starts. @returns when */
export function started(): number {
  // Node ends all threads when the process exits.
  if (threads === 0) process.on('exit', sleep)
  threads += 1
  return worked()
}

/** A thread has ended. */
export function ended(): void {
  threads -= 1
  if (threads === 0) process.off('exit', sleep)
}

/** A thread has answered. @returns when */
export function worked(): number {
  last = performance.now()
  return last
}

/** Waits until threads may end. @param since when they last worked */
export const untilQuiet = (since: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, left(since)))

/** The process exits, so nothing else can run meanwhile. */
function sleep(): void {
  const rest = left(last, QUIET_AT_EXIT)
  if (rest > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, rest)
}
