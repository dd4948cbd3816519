// Limits of time are limits of CPU time: how busy the machine is changes no result of a test.
import { readFileSync } from 'node:fs'

/** Seconds of CPU that this process has used, threads included. Files of one worker run one after the other. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** What a process runs before its own program: when it ends, it writes the seconds of CPU and the MiB of memory that it used. */
const AT_EXIT = `import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
if (isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(process.env.BILLCAST_CPU_FILE, (user + system) / 1e6 + ' ' + process.resourceUsage().maxRSS / 1024)
  })
`

export interface ChildCpu {
  /** The environment in which the process is started. */
  readonly env: Readonly<Record<string, string>>
  /** From now on its seconds count. */
  readonly begin: (pid: number | undefined) => void
  /** Seconds of CPU that the process has taken since, once it has ended. */
  readonly used: () => number
  /** MiB of memory that the process held at most, once it has ended. */
  readonly peak: () => number
}

/** The CPU time of a Node process from some moment to its end. @param file where the process writes it */
export function childCpu(file: string): ChildCpu {
  let before = 0
  return {
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(AT_EXIT)}`, BILLCAST_CPU_FILE: file },
    begin(pid) {
      before = secondsOf(pid)
    },
    used: () => numbersIn(file)[0] - before,
    peak: () => numbersIn(file)[1],
  }
}

const numbersIn = (file: string): number[] => readFileSync(file, 'utf8').split(' ').map(Number)

/** Seconds that a running process has used, by Linux's count of hundredths. */
function secondsOf(pid: number | undefined): number {
  const [, text = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = text.split(' ').slice(11, 13).map(Number)
  return (user + system) / 100
}
