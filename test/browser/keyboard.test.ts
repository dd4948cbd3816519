// The calculator without a mouse and without a screen: its order, the keys of its sliders, what it says, and its dialogs.
import type { Page } from 'playwright-core'
import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import { calculatorOnDisk, FEW, fragmentOf } from './calculator-page.ts'

const { address, browser } = calculatorOnDisk()
let page: Page
beforeEach(async () => {
  page = await browser().newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${address}${await fragmentOf(FEW)}`)
  await done()
})
afterEach(() => page.close())

const done = () => page.waitForFunction(() => document.body.dataset.state === 'done')
/** The part of the page that has the focus. */
const place = () =>
  page.evaluate(() => {
    const at = document.activeElement
    return ['#form', '#answer', '.bar-top', 'dialog', '.skip'].find((part) => at?.closest(part)) ?? at?.tagName
  })
const spoken = (name: string | RegExp) => page.getByRole('slider', { name, exact: true }).getAttribute('aria-valuetext')

describe('the calculator by keyboard and by ear', () => {
  it('starts with "Skip to answer", then come the form, the answer, and what to do with both', async () => {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to answer')
    await page.keyboard.press('Tab')
    expect(await place()).toBe('#form')
    const last = (part: string) => page.locator(`${part} :is(button, input, select, summary, a):visible`).last().focus()
    await last('#form')
    await page.keyboard.press('Tab')
    expect(await place()).toBe('#answer')
    await last('#answer')
    await page.keyboard.press('Tab')
    expect(await place()).toBe('.bar-top')
    await last('.bar-top')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Export')
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('answer')
  })

  it('moves a rate by 1 point, with Shift by 5, to its ends, and never across the other one', async () => {
    const high = page.getByRole('slider', { name: 'Resolution rate in January 2027, high end' })
    const rate = () => page.textContent('#rate b')
    const steps: string[] = []
    await high.focus()
    for (const key of ['ArrowRight', 'Shift+ArrowRight', 'ArrowDown', 'End', 'Home']) {
      await page.keyboard.press(key)
      steps.push(String(await rate()))
    }
    expect(steps).toEqual(['60% to 71%', '60% to 76%', '60% to 75%', '60% to 95%', '60% to 61%'])
    await page.getByRole('slider', { name: 'Resolution rate in January 2027, low end' }).focus()
    await page.keyboard.press('Shift+ArrowRight')
    expect(await rate()).toBe('60% to 61%')
    await page.keyboard.press('Home')
    expect(await rate()).toBe('20% to 61%')
  })

  it('moves a strip by 1,000 conversations, with Shift by 5,000, to its ends, and with B to the next break-even', async () => {
    const volume = page.getByRole('slider', { name: 'Conversations a month' })
    await volume.focus()
    const heard: string[] = []
    for (const key of ['ArrowRight', 'Shift+ArrowRight', 'ArrowLeft', 'Home']) {
      await page.keyboard.press(key)
      heard.push(await page.inputValue('#conversations'))
    }
    expect(heard).toEqual(['51,000', '56,000', '55,000', '25,000'])
    await done()
    const next = /(?:is from|up to) ([\d,]+)/.exec(String(await spoken('Conversations a month')))?.[1]
    await page.keyboard.press('b')
    expect(await page.inputValue('#conversations')).toBe(next)
  })

  it('says where each slider stands and who leads there', async () => {
    expect(await spoken('Resolution rate in January 2027, low end')).toBe(
      '60%. The vendor reports 67%, customers 49% to 84%, independents 45% to 53%.',
    )
    expect(await spoken('Resolution rate in January 2027')).toMatch(
      /^65%\. Zendesk is the cheapest on average\. Flat rate is from 6\d(\.\d)?% on\.$/,
    )
    expect(await page.getByRole('img', { name: /^Zendesk/ }).getAttribute('aria-label')).toMatch(
      /^Zendesk \d+, Flat rate \d+, Fin \d+ of 100 simulated years$/,
    )
  })

  it('has a table behind each chart', async () => {
    const charts = ['.ranges', '.months', '.course:nth-of-type(1)', '.course:nth-of-type(2)']
    for (const chart of charts) expect([chart, await page.locator(`${chart} table caption`).count()]).toEqual([chart, 1])
    // The squares have a list of their numbers.
    expect(await page.locator('.hundred li').count()).toBe(3)
  })

  it('has segments as groups of choices that arrows move in', async () => {
    const group = page.getByRole('group', { name: 'Compare by' })
    await group.getByRole('radio', { name: 'Vendor bill' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await group.getByRole('radio', { name: 'Total cost' }).isChecked()).toBe(true)
  })

  it.each([
    ['Escape', 'Escape'],
    ['Cancel', ''],
  ])('keeps the focus in a dialog, gives it back after %s, and changes nothing', async (how, key) => {
    const opener = page.getByRole('button', { name: '+ Type my quote' })
    await opener.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('quote-vendor')
    await page.keyboard.type('Acme')
    const places = new Set<string | undefined>()
    for (let k = 0; k < 30; k++) {
      await page.keyboard.press('Tab')
      places.add(await place())
    }
    // Beyond the last field, the browser's own bar has the focus.
    places.delete('BODY')
    expect([...places]).toEqual(['dialog'])
    if (key === '') {
      await page.getByRole('button', { name: how }).focus()
      await page.keyboard.press('Enter')
    } else await page.keyboard.press(key)
    expect(await page.locator('dialog').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('+ Type my quote')
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  })
})
