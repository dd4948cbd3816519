// How long a page's own thread works without a pause, in CPU time: the tasks of a trace. Other programs on a busy machine do not count.
import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  /** CPU time in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

export interface Traced {
  /** The longest task of the page's thread between two marks, by the name of the first. Milliseconds of CPU. */
  readonly longest: Readonly<Record<string, number>>
  /** The threads of workers. */
  readonly workers: number
}

const TASK = /^ThreadControllerImpl::RunTask$/
const MARK = 'billcast '

/** A function of a page that marks a piece of work. Its tasks are those from there to the next mark. */
export const markIn = (page: Page): Promise<void> =>
  page.evaluate((prefix) => {
    Object.assign(window, {
      mark: async (name: string) => {
        // Work before and after a mark are tasks of their own.
        await new Promise((resolve) => setTimeout(resolve, 20))
        performance.mark(prefix + name)
        await new Promise((resolve) => setTimeout(resolve, 20))
      },
    })
  }, MARK)

/** Traces work that calls `mark` of the page. */
export async function traced(browser: Browser, work: () => Promise<unknown>): Promise<Traced> {
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  })
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  try {
    await work()
  } finally {
    await session.send('Tracing.end')
    await ended
    await session.detach()
  }
  const marks = events.filter(({ name }) => name.startsWith(MARK)).sort((a, b) => a.ts - b.ts)
  const [first] = marks
  const tasks = events.filter(({ name, pid, tid }) => TASK.test(name) && pid === first?.pid && tid === first.tid)
  const longest = marks.map(({ name, ts }, k): [string, number] => {
    const own = tasks.filter((task) => task.ts >= ts && task.ts < (marks[k + 1]?.ts ?? Infinity))
    return [name.slice(MARK.length), Math.max(0, ...own.map(({ tdur = 0 }) => tdur / 1_000))]
  })
  const named = events.filter(({ name, pid, args }) => name === 'thread_name' && pid === first?.pid && args?.name !== undefined)
  return {
    longest: Object.fromEntries(longest),
    workers: named.filter(({ args }) => args?.name?.startsWith('DedicatedWorker')).length,
  }
}
