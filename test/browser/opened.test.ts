// `billcast open` on each shipped plan: the page has the figures of the command line, and so has the plan that it exports.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { long } from '../effort.ts'
import { dropped, exported, ran, settled } from './calculator-page.ts'
import { browserAndFolder, errorsOf } from './setup.ts'

const { root, browser } = browserAndFolder()

const FOLDERS = ['examples', 'examples/article']
const PLANS = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
)
const filesOf = (plan: string): readonly string[] =>
  readFileSync(plan, 'utf8').match(/(?<=(?:history|file): )data\/[\w-]+\.csv/g) ?? []
const WITH_FILES = PLANS.flatMap((plan) => (filesOf(plan).length > 0 ? [[plan, ...filesOf(plan)] as const] : []))

/** The plan in a folder of its own beside the files of the examples, with few trials. */
function few(plan: string): string {
  const folder = join(root, plan.replaceAll(/[^\w]/g, '-'))
  mkdirSync(join(folder, 'data'), { recursive: true })
  for (const name of readdirSync('examples/data').filter((each) => each.endsWith('.csv')))
    copyFileSync(join('examples/data', name), join(folder, 'data', name))
  const file = join(folder, basename(plan))
  writeFileSync(file, readFileSync(plan, 'utf8').replace(/\btrials: *\w+/, 'trials: 4096'))
  return file
}

/** The address that the command prints first. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of stdout ?? []) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.trim()
}

/** Opens a plan as the command does, and gives its page with what went wrong there. */
async function opened<T>(file: string | undefined, use: (page: Page, wrong: readonly string[]) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ['dist/cli/billcast.js', 'open', ...(file === undefined ? [] : [file]), '--no-browser'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const context = await browser().newContext({ acceptDownloads: true, viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    const wrong = errorsOf(page)
    await page.goto(await addressOf(child))
    await settled(page)
    return await use(page, wrong)
  } finally {
    await context.close()
    child.kill('SIGINT')
    await ended
  }
}

/** The exact budget (P80) of each offer, as the page states it. */
async function budgets(page: Page): Promise<Readonly<Record<string, string | null>>> {
  const select = page.getByLabel('Offer of the budget')
  const names = await select.locator('option').evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value))
  const found: [string, string | null][] = []
  for (const name of names) {
    await select.selectOption(name)
    found.push([name, await page.getAttribute('output.amount', 'data-value')])
  }
  return Object.fromEntries(found)
}

const budgetsIn = ({ offers, comparison }: Summary) =>
  Object.fromEntries(
    Object.entries(offers).map(([name, offer]) => [name, String(offer[comparison.measure].percentiles.p80?.value)]),
  )

/** Saves what the page exports as its dialog says: the plan, and each file below the plan's folder. */
async function savedAs(page: Page, folder: string, files: readonly string[]): Promise<string> {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const [plan, ...beside] = await exported(page, folder, 'Plan (YAML)', ...files.map((file) => basename(file)))
  beside.forEach((file, k) => copyFileSync(file, join(folder, files[k])))
  return plan
}

describe('billcast open', () => {
  // Each takes seconds, so that only some are opened each time.
  it.each(PLANS.filter((_, k) => long || k % 6 === 0))(
    'opens %s with the figures of the command line, and exports the same plan',
    async (plan) => {
      const file = few(plan)
      await opened(file, async (page, wrong) => {
        const { summary } = ran(file, dirname(file))
        expect(await budgets(page)).toEqual(budgetsIn(summary))
        const saved = await savedAs(page, join(dirname(file), 'exported'), [])
        expect(readFileSync(saved, 'utf8')).toBe(readFileSync(file, 'utf8'))
        expect(wrong).toEqual([])
      })
    },
  )

  it('has examples with files to open', () => {
    expect(WITH_FILES.map(([plan]) => basename(plan))).toEqual(['channels-from-history.yaml', 'from-history.yaml'])
  })

  it.each(WITH_FILES)(
    'exports %s with %s, from which the command line and a link have the same figures',
    async (plan, ...files) => {
      const file = few(plan)
      await opened(file, async (page, wrong) => {
        const folder = join(dirname(file), 'with-files')
        const { summary, report } = ran(await savedAs(page, folder, files), folder)
        expect(await budgets(page)).toEqual(budgetsIn(summary))
        const [written] = await exported(page, folder, 'Report (HTML)')
        expect(readFileSync(written).equals(report)).toBe(true)
        // The link holds the file: a page without one opens it.
        await page.getByRole('button', { name: 'Share' }).click()
        await page.waitForFunction(() => (document.getElementById('link') as HTMLInputElement | null)?.value.includes('&files='))
        expect(await page.textContent('dialog')).toContain(`It also holds the files that the plan reads: ${files.join(', ')}.`)
        const link = new URL(await page.inputValue('#link'))
        await opened(undefined, async (other) => {
          await other.goto(`${other.url()}${link.hash}`)
          await other.waitForFunction(
            (name) => document.querySelector('.plan-name')?.textContent === name,
            await page.textContent('.plan-name'),
          )
          // The answer of the first plan stays until that of the link is there.
          await expect.poll(() => budgets(other), { timeout: 60_000 }).toEqual(budgetsIn(summary))
          // The pasted link took the place of the first plan, to which undo leads back.
          await other.getByRole('button', { name: 'Undo' }).click()
          expect(await other.textContent('.plan-name')).toBe('Annual budget 2027')
        })
        expect(wrong).toEqual([])
      })
    },
  )

  it('shows why a file outside the folder of the plan is not read, and reads one that is dropped on the page', async () => {
    const folder = join(root, 'outside', 'plan')
    mkdirSync(folder, { recursive: true })
    const csv = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
    writeFileSync(join(root, 'outside', 'secret.csv'), csv)
    const file = join(folder, 'plan.yaml')
    writeFileSync(
      file,
      readFileSync('examples/from-history.yaml', 'utf8').replaceAll('data/cfpb-complaints-monthly.csv', '../secret.csv'),
    )
    await opened(file, async (page) => {
      expect(await page.textContent('[role=alert]')).toMatch(/"\.\.\/secret\.csv": it is outside the folder of the scenario/)
      expect(await page.content()).not.toContain(csv.trimEnd().split('\n').at(-1))
      await dropped(page, join(root, 'outside', 'secret.csv'), csv)
      await page.locator('output.amount').waitFor()
      expect(await page.locator('[role=alert]').count()).toBe(0)
      expect(await page.textContent('.told')).toBe('The plan reads secret.csv. The file stays in this page.')
      await page.getByRole('button', { name: 'Export' }).click()
      expect(await page.textContent('.command pre')).toMatch(/--allow-path \.\.\/$/)
    })
  })
  it('shows that a plan with closed months is one for a reforecast', async () => {
    const file = few('examples/from-history.yaml')
    writeFileSync(join(dirname(file), 'closed.csv'), 'month,conversations\n2027-01,50000\n')
    writeFileSync(file, `${readFileSync(file, 'utf8')}actuals: closed.csv\n`)
    await opened(file, async (page) => {
      expect(await page.textContent('[role=alert]')).toMatch(/^this plan has closed months \(actuals\)\. Run `billcast reforecast`/)
    })
  })
})
