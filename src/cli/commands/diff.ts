import { dirname } from 'node:path'
import { shown, UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import { comparing } from '../../options/questions.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { type Block, figureCell, textTable } from '../../present/report/text-table.ts'
import { type Diff, diffOf } from '../../questions/explain/diff.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand } from '../command.ts'
import { json, replace, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { type ErrorsFlag, foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'show which inputs changed between two plans, and what each change costs'
export const group = 'decide'

export const command = defineCommand({
  arguments: [
    ['<from>', 'a scenario'],
    ['<to>', 'another scenario'],
  ],
  options: { ...comparing, chart: chartFlag('diff', ':fin'), force: replace, json, se },
  async run(flags, from, to) {
    const draw = chartsAsked('diff', flags)
    const [one, other] = [await loadPlan(from), await loadPlan(to)]
    const options = { ...chosen(flags, comparing), ...watching(flags, 'Comparing') }
    const found = await diffOf(one.text, other.text, readerOf(dirname(from), dirname(to)), options)
    await draw((charts) => ({ diff: (offer = Object.keys(found.offers)[0]) => charts.diff(found, offer, one.currency) }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found, one.currency, flags), flags)
  },
})

/** Reads the files of both plans, which must not have different files of the same name. */
function readerOf(one: string, other: string): Reader {
  const [first, second] = [folderReader(one), folderReader(other)]
  if (one === other) return first
  return {
    async read(path) {
      const [a, b] = await Promise.allSettled([first.read(path), second.read(path)])
      if (a.status === 'rejected') {
        if (b.status === 'rejected') throw a.reason
        return b.value
      }
      if (b.status === 'fulfilled' && !(a.value.length === b.value.length && a.value.every((byte, k) => byte === b.value[k])))
        throw new UsageError('the two plans have different files of this name. Give the files two names')
      return a.value
    },
  }
}

const written = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : shown(value))

function linesOf({ method, offers, changes }: Diff, currency: string, flags: ErrorsFlag): Block[] {
  if (changes.length === 0) return ['The two plans are the same.']
  const plain = (estimate: Estimate) => figureCell(estimate, (value) => formatMoney(value, currency))
  const signed = (estimate: Estimate) => ({ ...plain(estimate), text: `${estimate.value > 0 ? '+' : ''}${plain(estimate).text}` })
  const tables = Object.entries(offers).flatMap(([offer, { from, to, change }]) => [
    textTable([
      [offer, 'from', 'to', 'mean', 'P80'],
      ['first plan', '', '', plain(from.mean), plain(from.p80)],
      ...changes.map(({ path, from: before, to: after, offers: { [offer]: own } }) => [
        ...[`  ${path}`, written(before), written(after), signed(own.mean), signed(own.p80)],
      ]),
      ['second plan', '', '', plain(to.mean), plain(to.p80)],
    ]),
    '',
    finding(
      offer,
      change.mean.value,
      changes.map(({ path, offers: own }) => [path, own[offer].mean.value] as const),
      currency,
    ),
    '',
  ])
  const how =
    method === 'shapley'
      ? "A change's effect is its mean over all orders in which the changes could be made."
      : 'The changes are made one after the other, in the order of the second plan. Another order would give them different effects.'
  return [...tables, how, foot(flags)]
}

function finding(offer: string, change: number, parts: readonly (readonly [string, number])[], currency: string): string {
  if (Math.abs(change) < 0.005) return `The mean cost of ${offer} does not change.`
  const [[path, effect]] = [...parts].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  const moved = (value: number) => `${formatMoney(Math.abs(value), currency)} ${value > 0 ? 'more' : 'less'}`
  return `${offer} costs ${moved(change)} on average. The largest effect is that of ${path}: ${moved(effect)}.`
}
