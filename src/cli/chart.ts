// Charts that a command draws into a file, as SVG or PNG by the name of the file.
import { extname } from 'node:path'
import { shown, UsageError } from '../errors.ts'
import type { Chart } from '../present/charts/chart.ts'
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

/** "fan:fin=fan.svg", or a file alone for the bars. @throws UsageError for a file that is neither SVG nor PNG */
export function askedChart(text: string): AskedChart {
  const [, asked = 'bars', file] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? []
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
