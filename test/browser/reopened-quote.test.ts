// An offer of the plan is changed in the four questions, or in the whole plan where these cannot show it.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { calculatorOnDisk, exported, faults, FEW, fragmentOf, settled } from './calculator-page.ts'
import { errorsOnDisk } from './setup.ts'

const { root, address, browser } = calculatorOnDisk()

const PLAN = FEW.replace(
  '  per-conversation:',
  `  late:
    title: Late
    charges: [{ meter: resolutions, price: $0.90, until: 2027-09 }]
  listed: { catalog: fin-intercom-advanced, title: Fin from the catalog }
  per-conversation:`,
)

async function opened() {
  const page = await (await browser().newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  const wrong = errorsOnDisk(page)
  await page.goto(`${address}${await fragmentOf(PLAN)}`)
  await settled(page)
  return { page, wrong, close: () => page.context().close() }
}

const change = async (page: Page, title: string) => page.getByRole('button', { name: `Change ${title}` }).click()
const offersOf = async (page: Page) => {
  const [file] = await exported(page, root, 'Plan (YAML)')
  return parse(readFileSync(file, 'utf8')).offers
}

it('the questions open with the answers of an offer, and keep the plan as it is if nothing changes', async () => {
  const { page, wrong, close } = await opened()
  await change(page, 'Zendesk')
  const read = (id: string) => page.inputValue(`#quote-${id}`)
  expect(await Promise.all(['price', 'quantity', 'overage'].map(read))).toEqual(['0.88', '30,000', '1.40'])
  await page.locator('.quote-pane dl').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Save Zendesk' }).click()
  expect(await page.locator('dialog').count()).toBe(0)
  // The plan is the same text, so that there is nothing to undo.
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  await change(page, 'Zendesk')
  await page.fill('#quote-quantity', '28,000')
  await page.locator('.quote-pane').getByText('28,000 × $0.88').waitFor()
  await page.getByRole('button', { name: 'Save Zendesk' }).click()
  await settled(page)
  const { offers: before } = parse(PLAN)
  const after = await offersOf(page)
  expect(after.zendesk).toEqual({
    ...before.zendesk,
    charges: [{ ...before.zendesk.charges[0], commitment: '28000/month' }],
  })
  expect(after.fin).toEqual(before.fin)
  expect(wrong).toEqual([])
  await close()
})

it('an offer of the catalog keeps its origin, and one that ends earlier opens in the whole plan with the reason', async () => {
  const { page, wrong, close } = await opened()
  await change(page, 'Fin from the catalog')
  await page.fill('#quote-price', '0.90')
  await page.getByRole('button', { name: 'Save Fin from the catalog' }).click()
  await settled(page)
  expect((await offersOf(page)).listed).toMatchObject({ catalog: 'fin-intercom-advanced', charges: [{ price: 0.9 }] })
  await change(page, 'Late')
  await page.locator('.cm-content').waitFor()
  expect(await page.textContent('dialog .why')).toBe(
    'The four questions cannot show a charge that ends earlier, so here is the offer in the whole plan.',
  )
  await expect.poll(() => page.locator('.cm-activeLine').first().textContent()).toContain('late:')
  expect(await faults(page)).toEqual([])
  expect(wrong).toEqual([])
  await close()
})
