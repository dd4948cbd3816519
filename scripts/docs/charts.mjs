// Vega specifications of the gallery's charts, which the site makes interactive. The pictures themselves stand in docs/.
import { mkdirSync, writeFileSync } from 'node:fs'
import { compile } from 'vega-lite'
import { ENTRIES } from '../gallery/entries.mjs'
import { drawnByCalls, inFolder } from '../gallery.mjs'

/** Charts side by side have a width each, and cannot follow that of the page. */
const PARTS = ['facet', 'concat', 'hconcat', 'vconcat', 'repeat']

/** Vega, with the value of a mark shown where the pointer rests. A single chart follows the width of the page. @param {object} spec */
function compiled(spec) {
  const { config = {}, encoding = {} } = /** @type {{ config?: object, encoding?: object }} */ (spec)
  const steps = typeof Reflect.get(spec, 'width') === 'object'
  const single = !steps && !PARTS.some((part) => part in spec) && !('row' in encoding || 'column' in encoding)
  const live = {
    ...spec,
    ...(single && { autosize: { type: 'fit-x', contains: 'padding' } }),
    config: { ...config, mark: { tooltip: true } },
  }
  const options = { logger: QUIET }
  return { ...compile(/** @type {Parameters<typeof compile>[0]} */ (live), options).spec, usermeta: { fits: single } }
}

/** What Vega-Lite would warn of is known, and no concern of a build. @type {import('vega-util').LoggerInterface} */
const QUIET = { level: () => QUIET, error: () => QUIET, warn: () => QUIET, info: () => QUIET, debug: () => QUIET }

/** @param {string} folder */
export function writeCharts(folder) {
  mkdirSync(folder, { recursive: true })
  const kinds = ENTRIES.map(({ kind }) => kind)
  for (const [kind, { spec }] of inFolder((work) => drawnByCalls(work, kinds)))
    writeFileSync(`${folder}/${kind}.json`, JSON.stringify(compiled(spec)))
}
