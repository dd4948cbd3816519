// billcast diff: what changed between two plans, and what each change costs.
import { comparing } from '../../options/questions.ts'
import type { FlagsOf } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { defineCommand } from '../command.ts'
import { dirname } from 'node:path'
import { type Diff, diffOf } from '../../questions/explain/diff.ts'
import { shown, UsageError } from '../../errors.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney } from '../../notation/money.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { align } from '../../present/report/text.ts'
import type { Estimate } from '../../summary/summary.ts'

export const summary = 'which inputs changed between two plans, and how much of the change in cost each explains'
export const group = 'decide'

const options = { ...comparing, json } as const

async function diffCommand(flags: FlagsOf<typeof options>, from: string, to: string): Promise<void> {
  const [one, other] = [await loadPlan(from), await loadPlan(to)]
  const found = await diffOf(one.text, other.text, readerOf(dirname(from), dirname(to)), {
    ...chosen(flags, comparing),
    ...watching(flags),
  })
  if (flags.json) return printJson(found)
  printLines(words(found, one.currency))
}

/** Files of both plans. One name with two contents would be read for both. */
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
        throw new UsageError('both plans have a file of this name, with different contents: give them two names')
      return a.value
    },
  }
}

const written = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : shown(value))

function words({ method, offers, changes }: Diff, currency: string): string[] {
  const signed = ({ value, se }: Estimate) =>
    `${value > 0 ? '+' : ''}${formatMoney(value, currency)} ± ${formatMoney(se, currency)}`
  const plain = ({ value, se }: Estimate) => `${formatMoney(value, currency)} ± ${formatMoney(se, currency)}`
  if (changes.length === 0) return ['Both plans say the same.']
  const tables = Object.entries(offers).flatMap(([offer, { from, to, change }]) => [
    ...align([
      [offer, 'from', 'to', 'mean', 'P80'],
      ['first plan', '', '', plain(from.mean), plain(from.p80)],
      ...changes.map((step) => [
        `  ${step.path}`,
        written(step.from),
        written(step.to),
        signed(step.offers[offer].mean),
        signed(step.offers[offer].p80),
      ]),
      ['second plan', '', '', plain(to.mean), plain(to.p80)],
    ]),
    '',
    sentence(
      offer,
      change.mean.value,
      changes.map(({ path, offers: own }) => [path, own[offer].mean.value] as const),
      currency,
    ),
    '',
  ])
  const how =
    method === 'shapley'
      ? 'Each change is told by its mean effect over all orders in which the changes can be made.'
      : 'The changes are made one after the other, in the order of the second plan: with another order they would share differently.'
  return [...tables, how, FOOT]
}

function sentence(offer: string, change: number, parts: readonly (readonly [string, number])[], currency: string): string {
  if (Math.abs(change) < 0.005) return `The mean cost of ${offer} stays what it was.`
  const [most] = [...parts].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  const moved = (value: number) => `${formatMoney(Math.abs(value), currency)} ${value > 0 ? 'more' : 'less'}`
  return `${offer} costs ${moved(change)} on average; ${most[0]} alone makes it ${moved(most[1])}.`
}

export const command = defineCommand({
  arguments: { '<from>': 'a scenario', '<to>': 'another' },
  options: options,
  run: diffCommand,
})
