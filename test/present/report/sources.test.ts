// The sources that a report states for offers of the catalog.
import { describe, expect, it } from 'vitest'
import { catalogSources } from '../../../src/present/report/assumptions.ts'

describe('the sources of a report', () => {
  it('name each figure of a catalog offer, with its note and what Another source says', () => {
    const sources = catalogSources({ offers: { help: { catalog: 'gladly' }, own: { charges: [{ fee: '$1k' }] } } })
    expect(sources.map(({ path }) => path)).toEqual([
      'offers.help.charges.resolutions.meter',
      'offers.help.charges.resolutions.price',
      'offers.help.charges.seats.seats',
      'offers.help.charges.seats.price',
    ])
    expect(sources[0].source).toMatch(
      /^resolutions: .*\. Another source says conversations: Sidekick Dashboard, Gladly Help, 2026-11; /,
    )
    expect(sources[2].source).toBe('10: Gladly pricing, Gladly, 2026-11; at least 10')
  })
  it('name the figures of a part by the part', () => {
    const parts = { old: { catalog: 'helpscout' }, new: { catalog: 'fin' } }
    expect(catalogSources({ offers: { change: { parts } } }).map(({ path }) => path)).toEqual([
      'offers.change.parts.old.charges.resolutions.price',
      'offers.change.parts.new.charges.outcomes.price',
    ])
  })
})
