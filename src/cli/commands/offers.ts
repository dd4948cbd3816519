import { findOffers, listOffers, nearestOffer } from '../../contract/catalog/list.ts'
import { UsageError } from '../../errors.ts'
import { defineCommand } from '../command.ts'
import { toStdout } from '../streams.ts'

export const summary = 'list the offers of the catalog, find them by vendor, or explain one with its sources'
export const group = 'start'

export const command = defineCommand({
  arguments: [['[name]', 'an offer of the catalog, or a word of its vendor or title']],
  options: {},
  run(_, name) {
    const text = name === undefined ? listOffers() : findOffers(name)
    if (text === undefined) {
      const near = nearestOffer(name ?? '')
      throw new UsageError(`the catalog has no offer "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`)
    }
    toStdout(text)
  },
})
