// The style that a workbook's other styles build on (ECMA-376, part 1, 18.8.7 to 18.8.9). write-excel-file leaves it out, and openpyxl and pandas
// then warn that the workbook has no default style.
import type { Feature } from 'write-excel-file/universal'

const BASE = '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
const NAMED = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'

export const normalStyle: Feature<Blob> = { files: { transform: { 'xl/styles.xml': { transform: withNormalStyle } } } }

/** @throws Error for styles without cell formats, or with such a style of their own */
export function withNormalStyle(xml: string): string {
  if (!/<cellXfs[\s>]/.test(xml) || !xml.includes('</cellXfs>') || xml.includes('<cellStyleXfs'))
    throw new Error('expected the styles of a workbook without a normal style')
  return xml.replace(/<cellXfs[\s>]/, (start) => BASE + start).replace('</cellXfs>', `</cellXfs>${NAMED}`)
}
