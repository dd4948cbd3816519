// Where an offer stands among the names of a run. Apart from plans, since a result needs it and reads none.
import { unknownOffer } from '../errors.ts'

/** @throws UsageError for a name that no offer has */
export function offerPlace(names: readonly string[], name: string): number {
  const place = names.indexOf(name)
  if (place < 0) throw unknownOffer(name, names)
  return place
}
