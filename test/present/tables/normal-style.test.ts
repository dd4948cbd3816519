// A workbook names the style that its others build on, so that openpyxl and pandas read it without a warning.
import { expect, it } from 'vitest'
import { withNormalStyle } from '../../../src/present/tables/normal-style.ts'

it('stands between the borders and the cell formats, and is named after them', () => {
  const styles = '<styleSheet><borders count="1"/><cellXfs count="1"><xf fontId="0"/></cellXfs></styleSheet>'
  expect(withNormalStyle(styles)).toBe(
    '<styleSheet><borders count="1"/><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      '<cellXfs count="1"><xf fontId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  )
})

it('is not added twice, nor to other files', () => {
  expect(() => withNormalStyle('<styleSheet/>')).toThrow('expected the styles of a workbook without a normal style')
  expect(() => withNormalStyle('<cellStyleXfs/><cellXfs></cellXfs>')).toThrow('expected the styles')
})
