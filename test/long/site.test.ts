// The documentation site in Chromium: its pages are accessible, complete and work without the internet. It is built first.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launched, WIDTHS } from '../../scripts/docs/browser.mjs'
import { BUILT, builtPages, wrongIn } from '../../scripts/docs/built.mjs'
import { served } from '../../scripts/docs/served.mjs'

const axe = readFileSync(join(dirname(createRequire(import.meta.url).resolve('axe-core')), 'axe.min.js'), 'utf8')

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

/** What is wrong with a page, a line each. */
async function wrongOn(viewport: { width: number; height: number }, names: readonly string[]) {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const wrong: string[] = []
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
  for (name of names) {
    // The theme fetches pages ahead, for which nobody has to wait. Charts are drawn once the page is there.
    await page.goto(`${site.address}/${name}`, { waitUntil: 'load' })
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.live-chart')].every((chart) => chart.querySelector('svg[aria-hidden]')),
    )
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      const wide = document.documentElement.scrollWidth > window.innerWidth
      const lost = [...document.images].filter((image) => image.complete && image.naturalWidth === 0 && image.checkVisibility())
      return {
        wide,
        lost: lost.map(({ src }) => src),
        violations: (await checker.run({ resultTypes: ['violations'] })).violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
        ),
      }
    })
    if (found.wide) wrong.push(`${name}: it is wider than the screen`)
    for (const src of found.lost) wrong.push(`${name}: the picture ${src} is missing`)
    for (const violation of found.violations) wrong.push(`${name}: axe finds ${violation}`)
  }
  await context.close()
  return wrong
}

describe('the documentation site', () => {
  it('has a page for the README, for every command and for every function, and no dead link', () => {
    const expected = ['index.html', 'reference/commands/run.html', 'reference/api/library/functions/simulate.html']
    const built = builtPages(BUILT)
    expect(expected.filter((name) => !built.includes(name))).toEqual([])
    expect(wrongIn(BUILT)).toEqual([])
  })
  it.each(Object.entries(WIDTHS))(
    'is accessible, fits a %s, misses no picture and asks for nothing from elsewhere',
    async (screen, viewport) => {
      // Pages of the library are generated in one form, and the smaller screen asks more of them.
      const names = builtPages(BUILT).filter((name) => screen === 'phone' || !name.startsWith('reference/api/'))
      expect(await wrongOn(viewport, names)).toEqual([])
    },
    // Three hundred pages take a few minutes, and far longer on a busy machine.
    3_600_000,
  )
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
  }, 300_000)
})
