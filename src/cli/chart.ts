// Charts that a command draws into a file, as SVG or PNG by the name of the file.
import { extname } from 'node:path'
import { shown, UsageError } from '../errors.ts'
import { repeated } from '../options/kinds.ts'
import { flagOnly } from '../options/option.ts'
import type { Chart } from '../present/charts/chart.ts'
import type { charts } from '../present/charts/index.ts'
import { ANSWER_CHARTS, type AnswerChart } from '../present/charts/kinds.ts'
import { createFile } from './write.ts'

const FORMS = ['.svg', '.png']

/** A chart to draw: its kind and names, and the file. */
export interface AskedChart {
  readonly kind: string
  readonly names: readonly string[]
  readonly file: string
}

const check = (file: string, flag: string): void => {
  if (!FORMS.includes(extname(file).toLowerCase()))
    throw new UsageError(`${flag}: expected a file such as bars.svg or bars.png, got ${shown(file)}`)
}

/** "fan:fin=fan.svg", or a file alone for the usual chart. @throws UsageError for a file that is neither SVG nor PNG */
export function askedChart(text: string, usual = 'bars'): AskedChart {
  const [, asked = usual, file] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? []
  check(file ?? '', '--chart')
  const [kind, ...names] = asked.split(':')
  return { kind, names, file: file ?? '' }
}

/** @throws UsageError if the file exists and `replace` is not set */
export async function writeChart(file: string, chart: Chart, replace: boolean): Promise<void> {
  const label = `--chart ${file}`
  check(file, label)
  const isPng = extname(file).toLowerCase() === '.png'
  const contents = isPng ? await (await import('../platform/node/png.ts')).chartPng(chart) : await chart.toSVG()
  await createFile(file, contents, replace, label)
}

type Command = (typeof ANSWER_CHARTS)[AnswerChart]
type ChartOf<C extends Command> = { [K in AnswerChart]: (typeof ANSWER_CHARTS)[K] extends C ? K : never }[AnswerChart]

const kindsOf = (command: Command): string[] =>
  Object.entries(ANSWER_CHARTS).flatMap(([kind, own]) => (own === command ? [kind] : []))

/** @param example what follows the kind, such as ":fin" for the name of an offer */
export function chartFlag(command: Command, example = '') {
  const kinds = kindsOf(command)
  const [file, named] = [`${kinds[0]}.svg`, `${kinds[kinds.length - 1]}${example}=chart.png`]
  return flagOnly(
    repeated('<file>', `a file such as ${file}, or a chart and a file such as ${named}`),
    `draw a chart into a file, SVG or PNG, such as ${file} or ${named} (${kinds.length > 1 ? `${kinds.join(' or ')}; ` : ''}may be repeated)`,
  )
}

interface ChartFlags {
  readonly chart?: readonly string[]
  readonly force?: boolean
}

/** How a command draws each of its charts. The names are those behind the chart's own, such as an offer. */
type Drawing<C extends Command> = Readonly<Record<ChartOf<C>, (...names: string[]) => Chart>>

/**
 * Reads what `--chart` asks for, before the command starts its work.
 * @returns a function that draws the charts once there is an answer
 * @throws UsageError for a chart that the command does not draw
 */
export function chartsAsked<C extends Command>(command: C, { chart: texts = [], force = false }: ChartFlags) {
  const kinds = kindsOf(command)
  const asked = texts.map((text) => askedChart(text, kinds[0]))
  for (const { kind } of asked)
    if (!kinds.includes(kind)) throw new UsageError(`--chart: expected a chart of ${kinds.join(', ')}, got ${shown(kind)}`)
  return async (drawing: (draw: typeof charts) => Drawing<C>): Promise<void> => {
    if (asked.length === 0) return
    const { charts: all } = await import('../present/charts/index.ts')
    const draw: Readonly<Record<string, (...names: string[]) => Chart>> = drawing(all)
    for (const { kind, names, file } of asked) await writeChart(file, draw[kind](...names), force)
  }
}
