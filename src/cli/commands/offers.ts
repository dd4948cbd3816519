// billcast offers: what the catalog holds, and where its figures come from.
import { defineCommand } from '../command.ts'
import { explainOffer, listOffers } from '../../contract/catalog/explain.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { UsageError } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'

export const summary = 'list the offers of the catalog, or explain one with its sources'
export const group = 'start'

function offersCommand(_: object, name: string | undefined): void {
  const text = name === undefined ? listOffers() : explainOffer(name)
  if (text === undefined) {
    const near = nearest(name ?? '', [...catalog.keys()])
    throw new UsageError(`there is no offer "${name}" in the catalog${near === undefined ? '' : `, did you mean ${near}?`}`)
  }
  process.stdout.write(text)
}

export const command = defineCommand({
  arguments: { '[name]': 'an offer of the catalog' },
  options: {},
  run: offersCommand,
})
