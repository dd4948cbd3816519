// Tests that charts of a report keep the size of their text at every width.
import { expect, it } from 'vitest'
import { fan } from '../../../src/present/charts/summary.ts'
import { CHART_WIDTHS, chartFigure } from '../../../src/present/report/chart-figure.ts'
import { simulate } from '../../simulate.ts'

it('a chart is drawn for wide pages, tablets and phones, each in its own width and with no text below 11 pixels', async () => {
  const plan = {
    ...{ months: 12, conversations: { base: '45k to 60k' } },
    offers: { flat: { charges: [{ meter: 'conversations', price: '$0.70' }] } },
  }
  const { summary } = await simulate(plan, { trials: 1_024 })
  const html = await chartFigure(fan(summary, 'flat'), 'fan-', 'USD')
  const drawings = [
    ...html.matchAll(
      /<svg [^>]*data-for="(wide|middle|narrow)"[^>]*? width="([\d.]+)"[^>]*viewBox="0 0 ([\d.]+) [^>]*>.*?<\/svg>/gs,
    ),
  ]
  expect(drawings.map(([, size, width, box]) => [size, Number(width), Number(box)])).toEqual([
    ['wide', CHART_WIDTHS.wide, CHART_WIDTHS.wide],
    ['middle', CHART_WIDTHS.middle, CHART_WIDTHS.middle],
    ['narrow', CHART_WIDTHS.narrow, CHART_WIDTHS.narrow],
  ])
  // The measure, the unit, the period and the source stand on the page as text.
  expect(html).toContain('<span>Vendor bill of flat by month, bands of 50 and 90 of 100 simulated years, January to December 20')
  expect(html).toMatch(/<p class="source">Source: billcast, [^<]*; 1,024 simulated years<\/p>/)
  const sizes = [...html.matchAll(/font-size="([\d.]+)/g)].map(([, size]) => Number(size))
  expect(sizes.length).toBeGreaterThan(10)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
})
