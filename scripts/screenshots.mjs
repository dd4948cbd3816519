// Takes pictures in Chromium.
//   node scripts/screenshots.mjs            the picture of the report in the README, into docs/pictures (committed)
//   node scripts/screenshots.mjs --pages    every page of the built site on a phone and on a desktop, into site/looks (to look at)
//   node scripts/screenshots.mjs --pages faq tutorial    only pages whose path contains one of the words
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { launched, WIDTHS } from './docs/browser.mjs'
import { BUILT, builtPages } from './docs/built.mjs'
import { served } from './docs/served.mjs'
import { exampleReport } from './prose/product.mjs'

const PICTURES = 'docs/pictures'
const LOOKS = 'site/looks'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pages: { type: 'boolean' } } })

/** The report's first screen, from the shipped example. */
async function readmePictures() {
  mkdirSync(PICTURES, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'billcast-pictures-'))
  const browser = await launched()
  try {
    const file = join(folder, 'report.html')
    writeFileSync(file, (await exampleReport([])).html)
    const page = await browser.newPage({ viewport: { width: 1100, height: 760 } })
    await page.goto(pathToFileURL(file).href)
    // A report that is too large to be interactive has no script, and is ready as it is.
    await page.waitForFunction(() => document.scripts.length === 0 || document.body.dataset.state === 'ready', null, {
      timeout: 300_000,
    })
    await page.screenshot({ path: `${PICTURES}/report.png` })
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {readonly string[]} words */
async function sitePictures(words) {
  const site = await served(BUILT)
  const browser = await launched()
  try {
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      mkdirSync(`${LOOKS}/${width}`, { recursive: true })
      const page = await browser.newPage({ viewport })
      for (const name of builtPages(BUILT)) {
        if (words.length > 0 && !words.some((word) => name.includes(word))) continue
        await page.goto(`${site.address}/${name}`, { waitUntil: 'networkidle' })
        await page.screenshot({ path: `${LOOKS}/${width}/${name.replaceAll('/', '-').replace(/html$/, 'png')}`, fullPage: true })
      }
      await page.close()
    }
  } finally {
    await browser.close()
    await site.close()
  }
}

await (values.pages ? sitePictures(positionals) : readmePictures())
