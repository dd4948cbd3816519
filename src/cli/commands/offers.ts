// billcast offers: what the catalogue holds, and where its figures come from.
import { explainOffer, listOffers } from '../../contract/catalog/explain.ts'
import { catalogue } from '../../contract/catalog/index.ts'
import { UsageError } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'

export function offersCommand(name: string | undefined): void {
  const text = name === undefined ? listOffers() : explainOffer(name)
  if (text === undefined) {
    const near = nearest(name ?? '', [...catalogue.keys()])
    throw new UsageError(`there is no offer "${name}" in the catalogue${near === undefined ? '' : `, did you mean ${near}?`}`)
  }
  process.stdout.write(text)
}
