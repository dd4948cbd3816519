import { type PlanCheck, checkedPlan } from '../../api/check.ts'
import { formatMoney, formatQuantity, formatShare, formatWhole } from '../../notation/money.ts'
import { billHeads, billsWords } from '../../present/report/stated.ts'
import { type Block, strong, textTable } from '../../present/report/text-table.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { loadPlan } from '../plan.ts'
import { note, printLines } from '../print.ts'

export const summary = 'validate a scenario and print its drivers and the point estimate'
export const group = 'start'
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** What each contract charges, and what the plan assumes, in words. */
function statedLines({ stated, currency }: PlanCheck): Block[] {
  const { charges, inputs, month, notIncluded } = stated
  const from = (source: string | undefined) => (source === undefined ? [] : [`    Source: ${source}`])
  const heads = month ? billHeads(month) : []
  const billed = (bills: readonly number[] = []) =>
    bills.length > 0 ? [`    ${capital(heads.map((head, k) => `${head}: ${formatWhole(bills[k], currency)}`).join(', '))}`] : []
  return [
    'What each contract charges',
    ...charges.flatMap(({ name, words, bills, source }) => [
      `  ${name}`,
      ...words.split('\n').map((line) => `    ${line}`),
      ...billed(bills),
      ...from(source),
    ]),
    ...(month ? [`  ${billsWords(month)}`] : []),
    '',
    'What we assumed',
    ...inputs.flatMap(({ name, words, source }) => [`  ${name}: ${words}`, ...from(source)]),
    ...(notIncluded === undefined ? [] : [`  Not included: ${notIncluded}`]),
    '',
  ]
}

/** The table of segments. */
function segmentLines({ segments }: PlanCheck): Block[] {
  if (segments.length === 0) return []
  const rows = segments.map(({ segment, conversations, rate, share }) => [
    segment,
    formatQuantity(Math.round(conversations)),
    formatShare(share),
    rate === undefined ? '' : formatShare(rate),
  ])
  const table = textTable([['segment', 'conversations', 'share', 'rate'], ...rows], { indent: 2 })
  return [strong('Segments (every driver at its mean or stated value)'), table, '']
}

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {},
  async run(_, file) {
    const { text, reader } = await loadPlan(file, 'says itself')
    const found = await checkedPlan(text, reader)
    const { name, months, offers, sources, currency, warnings, assumptions } = found
    printLines([
      `${name}: ${months[0]}, ${plural(months.length, 'month')}, ${plural(offers.length, 'offer')}`,
      '',
      ...statedLines(found),
      'Drivers',
      ...assumptions.map(({ name: driver, value }) => `  ${driver}: ${value}`),
      '',
      ...(sources.length > 0 ? ['Sources', ...sources.map(({ path, source }) => `  ${path}: ${source}`), ''] : []),
      ...segmentLines(found),
      'Point estimate (every driver at its mean or stated value)',
      ...offers.map(
        ({ offer, bill, total }) => `  ${offer}: bill ${formatMoney(bill, currency)}, total ${formatMoney(total, currency)}`,
      ),
      ...(warnings.length === 0 ? [] : ['', 'Notes', ...warnings.map((warning) => `  ${warning}`)]),
    ])
    // A terminal shows both outputs, and needs the notes once.
    if (!process.stdout.isTTY) warnings.forEach(note)
  },
})
