// Helpers with which tests use the calculator's page and measure it.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { FIRST_PLAN } from '../../src/page/calculator/plan.ts'
import { linkOf } from '../../src/page/calculator/share.ts'
import type { Summary } from '../../src/summary/summary.ts'
import { browserAndFolder } from './setup.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The close decision of the first visit, from few trials. */
export const FEW = FIRST_PLAN.replace('trials: 100k', 'trials: 4096')

/** The end of an address that opens a plan. */
export const fragmentOf = async (plan: string): Promise<string> => new URL(await linkOf(plan, 'file:///calculator.html')).hash

/** The calculator as a page on the disk, for the tests of a file. */
export function calculatorOnDisk() {
  const made = browserAndFolder((root) => execFileSync(process.execPath, ['scripts/calculator.mjs', root]))
  return { ...made, address: pathToFileURL(join(made.root, 'calculator.html')).href }
}

export const settled = (page: Page) =>
  page.waitForFunction(() => ['final', 'done', 'failed'].includes(document.body.dataset.state ?? ''))

/** Takes files from the export dialog, into a folder. */
export async function exported<const L extends readonly string[]>(
  page: Page,
  folder: string,
  ...labels: L
): Promise<{ readonly [K in keyof L]: string }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const files: string[] = []
  for (const label of labels) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: label }).click()])
    const file = join(folder, download.suggestedFilename())
    await download.saveAs(file)
    files.push(file)
  }
  await page.keyboard.press('Escape')
  return files as { readonly [K in keyof L]: string }
}

/** What the command line writes for a plan, in a folder of a root: the summary, the report and the workbook. */
export function ran(file: string, root: string) {
  const folder = join(root, `out-${basename(file)}`)
  execFileSync(process.execPath, ['dist/cli/billcast.js', 'run', file, '--out', folder, '--format', 'xlsx', '--quiet'], {
    stdio: 'ignore',
  })
  const of = (name: string) => readFileSync(join(folder, name))
  return { summary: JSON.parse(of('summary.json').toString()) as Summary, report: of('report.html'), workbook: of('budget.xlsx') }
}

/** The faults that axe finds. axe itself runs apart from the page's policy. */
export async function faults(page: Page): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe })
  const { result } = await session.send('Runtime.evaluate', {
    expression:
      'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])))',
    awaitPromise: true,
    returnByValue: true,
  })
  return JSON.parse(String(result.value)) as unknown
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of the thread's own time. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** The longest task of the threads of a name, in milliseconds of their time. */
export function longestTask(trace: Buffer, thread: RegExp): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && thread.test(args.name ?? ''))
  const own = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && own.has(`${pid} ${tid}`))
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1_000))
}

/** A file that is dropped on the page. */
export async function dropped(page: Page, file: string, content = readFileSync(file, 'utf8')) {
  const dataTransfer = await page.evaluateHandle(
    ({ name, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([text], name))
      return data
    },
    { name: basename(file), text: content },
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer })
}
