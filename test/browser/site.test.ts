// The documentation site in Chromium: its pages are accessible, complete and work without the internet. It is built first.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launched, WIDTHS } from '../../scripts/docs/browser.mjs'
import { BUILT, builtPages, wrongIn } from '../../scripts/docs/built.mjs'
import { served } from '../../scripts/docs/served.mjs'
import { long } from '../effort.ts'

const axe = readFileSync(join(dirname(createRequire(import.meta.url).resolve('axe-core')), 'axe.min.js'), 'utf8')

/** A navigation that fades in has less contrast for a moment. */
const STILL = '*, *::before, *::after { transition: none !important; animation: none !important }'

let browser: Browser
let site: Awaited<ReturnType<typeof served>>
/** `BILLCAST_SITE_BUILT=1` checks the site as it stands. */
beforeAll(async () => {
  if (!process.env.BILLCAST_SITE_BUILT) execFileSync(process.execPath, ['scripts/docs/build.mjs'], { stdio: 'inherit' })
  site = await served(BUILT)
  browser = await launched()
}, 1_800_000)
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

type Screen = keyof typeof WIDTHS

/**
 * Pages of the library are generated in one form: the long tests check all of them, the others a few, on the smaller screen. Other pages are
 * checked on a phone, one of three by axe, and one of six on a desktop too; the long tests check all on both by axe.
 */
const isApi = (name: string) => name.startsWith('reference/api/')
const screensOf = (name: string, k: number): readonly Screen[] =>
  isApi(name) || !(long || k % 6 === 0) ? ['phone'] : ['phone', 'desktop']
const pagesToCheck = (): string[] => {
  const pages = builtPages(BUILT)
  return [...pages.filter((name) => !isApi(name)), ...pages.filter(isApi).filter((_, k) => long || k % 24 === 0)]
}

/** Links of the navigation that was checked at a width already: most pages share it, and it is most of a page. */
const navigations = new Set<string>()

/** Checks a page as it is shown, and returns its faults. @param rules whether axe checks it too */
async function faultsOf(page: Page, screen: Screen, rules: boolean): Promise<string[]> {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll('.VPNav a, .VPSidebar a')].map((link) => link.getAttribute('href')),
  )
  const navigation = `${screen} ${links.join()}`
  const known = navigations.has(navigation)
  if (rules) navigations.add(navigation)
  const found = await page.evaluate(
    async ({ exclude, checked }) => {
      const { axe: checker } = window as unknown as {
        axe: { run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      const wide = document.documentElement.scrollWidth > window.innerWidth
      const lost = [...document.images].filter((image) => image.complete && image.naturalWidth === 0 && image.checkVisibility())
      const { violations } = checked
        ? await checker.run({ include: [['html']], exclude }, { resultTypes: ['violations'] })
        : { violations: [] }
      return {
        wide,
        lost: lost.map(({ src }) => src),
        violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      }
    },
    { exclude: known ? [['.VPNav'], ['.VPSidebar']] : [], checked: rules },
  )
  return [
    ...(found.wide ? ['it is wider than the screen'] : []),
    ...found.lost.map((src) => `the picture ${src} is missing`),
    ...found.violations.map((violation) => `axe finds ${violation}`),
  ]
}

/** Takes pages off the list, loads each once, and checks it at every width. */
async function checkPages(names: string[], wrong: string[]): Promise<void> {
  const context = await browser.newContext()
  const page = await context.newPage()
  let name = ''
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(`${name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => wrong.push(`${name}: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${name}: ${response.url()} answers ${response.status()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address) && !/^(data|blob):/.test(request.url()))
      wrong.push(`${name}: it asks for ${request.url()}`)
  })
  for (let next = names.pop(); next !== undefined; next = names.pop()) {
    name = next
    const rules = long || names.length % 3 === 0
    for (const [k, screen] of screensOf(name, names.length).entries()) {
      await page.setViewportSize(WIDTHS[screen])
      // The theme fetches pages ahead, for which nobody has to wait. Charts are drawn once the page is there.
      if (k === 0) await page.goto(`${site.address}/${name}`, { waitUntil: 'load' })
      await page.waitForFunction(() =>
        [...document.querySelectorAll('.live-chart')].every((chart) => chart.querySelector('svg[aria-hidden]')),
      )
      if (k === 0) {
        await page.addStyleTag({ content: STILL })
        if (rules) await page.evaluate(axe)
      }
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      wrong.push(...(await faultsOf(page, screen, rules)).map((fault) => `${name}, ${screen}: ${fault}`))
    }
  }
  await context.close()
}

describe('the documentation site', () => {
  it('has a page for the README, for every command and for every function, and no dead link', () => {
    const expected = ['index.html', 'reference/commands/run.html', 'reference/api/library/functions/simulate.html']
    const built = builtPages(BUILT)
    expect(expected.filter((name) => !built.includes(name))).toEqual([])
    expect(wrongIn(BUILT)).toEqual([])
  })
  it('is accessible, fits a phone and a desktop, misses no picture and asks for nothing from elsewhere', async () => {
    const names = pagesToCheck()
    const wrong: string[] = []
    // One for each core of a small machine.
    await Promise.all([checkPages(names, wrong), checkPages(names, wrong)])
    expect(wrong).toEqual([])
    // Two minutes on two idle cores, and far longer on a busy machine.
  }, 3_600_000)
  it('draws charts that show their values, and searches without a server', async () => {
    const page = await browser.newPage({ viewport: WIDTHS.desktop })
    await page.goto(`${site.address}/chart-gallery.html`, { waitUntil: 'networkidle' })
    await page.waitForSelector('.live-chart-drawing svg')
    expect(await page.locator('.live-chart-drawing svg').count()).toBe(await page.locator('.live-chart').count())
    await page.goto(`${site.address}/index.html`, { waitUntil: 'networkidle' })
    await page.keyboard.press('Control+k')
    await page.fill('#localsearch-input', 'drawdown')
    await page.waitForSelector('#localsearch-list .result')
    expect(await page.textContent('#localsearch-list .result')).toMatch(/\w/)
    await page.close()
  })
})
