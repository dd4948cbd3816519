// The gallery of docs/ shows every kind of chart as the code draws it now, by its call and by its command.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ENTRIES } from '../../../scripts/gallery/entries.mjs'
import { faultsOf } from '../../../scripts/gallery.mjs'
import { ANSWER_CHARTS, RUN_CHARTS } from '../../../src/present/charts/kinds.ts'
import { long } from '../../effort.ts'

const kinds = [...Object.keys(RUN_CHARTS), ...Object.keys(ANSWER_CHARTS)]

it('every kind of chart has a picture in the gallery, which its call and its command draw to the digit', () => {
  // A command takes a second or two, so that only the long tests run all of them.
  expect(
    faultsOf(
      kinds,
      kinds.filter((_, k) => long || k % 4 === 0),
    ),
  ).toEqual([])
})

it('a kind without an entry is named', () => {
  expect(faultsOf([...kinds, 'pie'])).toEqual(['pie has no entry in scripts/gallery/entries.mjs'])
  expect(faultsOf(kinds.filter((kind) => kind !== 'fan'))).toEqual(['fan is no kind of chart any more'])
})

it('the title of each picture is one sentence of at most 68 characters', () => {
  const page = readFileSync('docs/chart-gallery.md', 'utf8')
  const titles = [...page.matchAll(/^!\[([^\]]*)\]\(pictures\/charts\//gm)].map(([, title]) => title)
  expect(titles).toHaveLength(ENTRIES.length)
  expect(titles.filter((title) => title.length === 0 || title.length > 68)).toEqual([])
})
