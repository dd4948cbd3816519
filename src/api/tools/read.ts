// Tools that need no trials: what a plan says, what an offer bills, and what a history says.
import { UsageError } from '../../errors.ts'
import { runInvoice, type InvoiceLine } from '../../invoice/invoice.ts'
import { formatAmount, formatMoney, formatShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { billing } from '../../options/billing.ts'
import { calibrating } from '../../options/history.ts'
import { textKind } from '../../options/kinds.ts'
import { option, required } from '../../options/option.ts'
import { invoiceTable } from '../../present/report/invoice.ts'
import { calibrationOf, type FittedHistory } from '../../questions/backtest/calibration.ts'
import { checkedPlan } from '../check.ts'
import { assumedLines, variedPlan } from './asked.ts'
import { amountFigure, certainly, oddsFigure, toolFigure } from './figures.ts'
import { askedPlan, defineTool, planAsked, refuseLong, type ToolFigure } from './tool.ts'

export const checkPlanTool = defineTool({
  title: 'Check a plan',
  help: 'Check a plan without running it: all its mistakes with their places, or else what it assumes and what each offer costs with every driver at its mean.',
  options: planAsked,
  answer: async (given, around) => {
    const { input, reader } = await askedPlan(given, around)
    const { name, months, offers, currency, assumptions, sources, segments, warnings } = await checkedPlan(input, reader)
    const costs = offers.map(({ offer, bill }) => `${offer} ${formatMoney(bill, currency)}`)
    return {
      words: `The plan "${name}" is valid: ${months.length} months from ${months[0]}. With every driver at its mean, the bills are ${costs.join(', ')}. A single number hides the risk: run_plan gives the budgets.`,
      figures: offers.flatMap(({ offer, bill, total }) => [
        amountFigure(`${offer}: bill with every driver at its mean`, certainly(bill), currency),
        amountFigure(`${offer}: bill, people and running costs with every driver at its mean`, certainly(total), currency),
      ]),
      assumptions: assumedLines(assumptions),
      notes: [...sources.map(({ path, source }) => `${path}: ${source}`), ...warnings],
      details: { name, months, segments },
    }
  },
})

/** An assistant reads no thousand lines. */
const MOST_LINES = 200

export const billOfferTool = defineTool({
  title: 'Bill an offer',
  help: "Write one offer's invoice line by line, with the reason for each amount, for the expected usage or for conversations and a rate of the user's own.",
  options: {
    ...planAsked,
    offer: required(textKind('<name>', 'the name of an offer'), 'the offer to bill'),
    ...billing,
  },
  answer: async ({ plan, file, offer, ...usage }, around) => {
    const { input, reader, common } = await variedPlan({ plan, file }, around)
    const found = await runInvoice(input, offer, usage, reader)
    const { currency, total } = found
    const shown = found.lines.slice(0, MOST_LINES)
    const rest = found.lines.length - shown.length
    return {
      assumptions: common.assumptions,
      words: invoiceTable({ ...found, lines: shown }),
      figures: [
        toolFigure('total', certainly(total), currency, (value) => formatAmount(value, currency)),
        ...byLayer(found.lines).map(([layer, amount]) =>
          toolFigure(`layer ${layer}`, certainly(amount), currency, (value) => formatAmount(value, currency)),
        ),
      ],
      notes: [
        ...common.notes,
        ...(found.notes ?? []),
        ...(rest > 0 ? [`${formatNumber(rest)} more lines are not shown. Ask for one month to see all of its lines.`] : []),
      ],
      details: { lines: shown },
    }
  },
})

function byLayer(lines: readonly InvoiceLine[]): [string, number][] {
  const sums = new Map<string, number>()
  for (const { layer, amount } of lines) sums.set(layer, (sums.get(layer) ?? 0) + amount)
  return [...sums]
}

const { name: _, ...fitting } = calibrating

export const fitHistoryTool = defineTool({
  title: 'Fit a history',
  help: 'Estimate volume, growth, seasons, noise, resolution rate and effective prices from past months or days, and write a plan to start from. Pass the rows as CSV text with a header, such as month,conversations,resolutions.',
  options: {
    history: option(textKind('<csv>', 'CSV text with a header'), 'past months or days as CSV text'),
    file: option(textKind('<file>', 'the name of a file'), 'a CSV file in the folder of this server, in place of `history`'),
    ...fitting,
    plain: { ...fitting.plain, default: '`true` for a history given as text, since a plan can only name a file' },
  },
  answer: async ({ history, file, plain = history !== undefined, ...options }, around) => {
    if ((history === undefined) === (file === undefined))
      throw new UsageError(`history: expected either history or file, got ${history === undefined ? 'neither' : 'both'}`)
    if (history !== undefined) refuseLong(history, 'history')
    const text = history ?? (await around.text(file ?? ''))
    const { segments, scenario, ...whole } = await calibrationOf(text, { ...options, plain, name: file ?? 'history.csv' }, file)
    const parts = Object.entries(segments ?? {})
    const { months, since, until, warnings, notes } = whole
    return {
      words: `${months} months, ${since} to ${until}. A plan to start from, to which the offers are still to be added:\n\n${scenario}`,
      figures: [...fittedFigures('', whole), ...parts.flatMap(([segment, own]) => fittedFigures(`${segment}: `, own))],
      assumptions: [],
      notes: [...notes, ...warnings],
      details: { plan: scenario },
    }
  },
})

function fittedFigures(
  prefix: string,
  { start, base, baseSe, growth, cv, cvRange, resolution, prices }: FittedHistory,
): ToolFigure[] {
  const whole = (value: number) => formatNumber(Math.round(value))
  return [
    toolFigure(
      `${prefix}conversations a month in ${start}, before season`,
      { value: base, se: baseSe },
      'conversations/month',
      whole,
    ),
    oddsFigure(`${prefix}growth a year`, growth),
    {
      name: `${prefix}noise of the months (coefficient of variation)`,
      ...{ value: cv, se: null, unit: 'share' },
      text: `${formatShare(cv)} (95% interval ${cvRange.map((end) => formatShare(end)).join(' to ')})`,
    },
    ...(resolution ? [oddsFigure(`${prefix}resolution rate in ${start}`, resolution.rate)] : []),
    ...(prices?.perConversation
      ? [amountFigure(`${prefix}invoice per conversation`, prices.perConversation, prices.currency)]
      : []),
    ...(prices?.perResolution ? [amountFigure(`${prefix}invoice per resolution`, prices.perResolution, prices.currency)] : []),
  ]
}
