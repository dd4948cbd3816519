// Tools that search for a number: where two offers cost the same, and what price to ask for.
import { textKind } from '../../options/kinds.ts'
import { required } from '../../options/option.ts'
import { breakingEven, pricing } from '../../options/questions.ts'
import { breakEvenLines, errorInUnits, fairPriceLines, inUnits, isExact } from '../../present/report/roots.ts'
import { crossingOf } from '../../questions/negotiate/break-even.ts'
import { fairPriceOf } from '../../questions/negotiate/fair-price.ts'
import type { Root } from '../../questions/negotiate/search.ts'
import { fieldAt } from '../../scenario/edit/field.ts'
import type { NumberNotation } from '../../scenario/edit/notation.ts'
import { variedPlan, searchAsked } from './asked.ts'
import { toolFigure } from './figures.ts'
import { defineTool, offerPair, type ToolFigure } from './tool.ts'

const path = (example: string) =>
  required(textKind('<path>', `the path of a field such as ${example}`), `the field to vary, such as ${example}`)

/** A figure for every number that was found, the one nearest to the plan's own first. */
const rootFigures = (title: string, roots: readonly Root[], notation: NumberNotation, currency: string): ToolFigure[] =>
  roots.map((root) => {
    const { value, se, kind } = root
    const unit = { money: currency, '%': 'share', pt: 'share', '': 'number' }[notation.unit]
    return toolFigure(
      `${title}${kind === 'crossing' ? '' : ` (${kind})`}`,
      { value, se: isExact(root) ? 0 : se },
      `${unit}${notation.per}`,
      (own) => inUnits(own, notation),
      (own) => errorInUnits(own, notation),
    )
  })

export const findBreakEvenTool = defineTool({
  title: 'Find a break-even',
  help: 'Find every value of a field (a volume, a rate, a price) at which two offers of a plan cost the same, and which offer costs less on each side.',
  options: {
    ...searchAsked,
    path: path('resolution.rate'),
    offers: required(offerPair, 'the two offers to compare'),
    statistic: breakingEven.statistic,
    bounds: breakingEven.bounds,
  },
  answer: async ({ plan, file, path, offers, ...options }, around) => {
    const { input, reader, currency, common } = await variedPlan({ plan, file }, around)
    const { field, nearest, roots, searched } = await crossingOf(input, path, offers, reader, { ...options, ...around.watching })
    const { notation } = field
    const crossed = { path: field.path, offers, nearest, roots, searched, notation, currency }
    return {
      ...common,
      words: breakEvenLines(crossed, options.statistic === 'odds').join('\n'),
      figures: rootFigures(field.path, roots, notation, currency),
      details: { path: field.path, roots, searched },
    }
  },
})

export const findFairPriceTool = defineTool({
  title: 'Find a fair price',
  help: 'Find the price at which an offer is as good as a rival offer of the plan: the price to ask its vendor for.',
  options: {
    ...searchAsked,
    path: path('offers.fin.price'),
    against: pricing.against,
    statistic: pricing.statistic,
    bounds: pricing.bounds,
  },
  answer: async ({ plan, file, path, ...options }, around) => {
    const { input, reader, data, currency, common } = await variedPlan({ plan, file }, around)
    const { roots, searched } = await fairPriceOf(input, path, { ...options, ...around.watching }, reader)
    const { notation, offer = path } = fieldAt(data, path)
    const crossed = { offers: [offer, options.against] as const, nearest: roots[0], roots, searched, notation, currency }
    return {
      ...common,
      words: fairPriceLines(crossed, options.statistic === 'cheapest').join('\n'),
      figures: rootFigures(path, roots, notation, currency),
      details: { path, roots, searched },
    }
  },
})
