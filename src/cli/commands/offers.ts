import { explainOffer, listOffers } from '../../contract/catalog/explain.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { UsageError } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'
import { defineCommand } from '../command.ts'
import { toStdout } from '../streams.ts'

export const summary = 'list the offers of the catalog, or explain one with its sources'
export const group = 'start'

export const command = defineCommand({
  arguments: [['[name]', 'an offer of the catalog']],
  options: {},
  run(_, name) {
    const text = name === undefined ? listOffers() : explainOffer(name)
    if (text === undefined) {
      const near = nearest(name ?? '', [...catalog.keys()])
      throw new UsageError(`the catalog has no offer "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`)
    }
    toStdout(text)
  },
})
