// A chart in a folder of results: a picture, and its specification for other tools.
import type { Chart } from '../present/charts/chart.ts'
import type { OutputFile } from '../present/files/folder.ts'
import { text } from '../present/files/write.ts'

export const chartFiles = async (name: string, chart: Chart): Promise<OutputFile[]> => [
  { name: `${name}.svg`, content: text(await chart.toSVG()) },
  { name: `${name}.vl.json`, content: text(`${JSON.stringify(chart.spec, null, 2)}\n`) },
]
