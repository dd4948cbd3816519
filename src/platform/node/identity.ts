// The identity of a run under this version of billcast, and how two identities differ.
import { type Identity, identityOf, type Planned } from '../../api/identity.ts'
import { sha256 } from './hash.ts'
import { VERSION } from '../version.generated.ts'

export const identityHere = (run: Planned): Identity => identityOf(run, VERSION, sha256)

type Compared = Pick<Identity, 'part' | 'scenarioHash'>

/** The names of the parts in which two identities differ. */
export function identityDifferences(theirs: Compared, own: Compared): string[] {
  const names = [...new Set([...Object.keys(own.part), ...Object.keys(theirs.part)])]
  return [
    ...(theirs.scenarioHash === own.scenarioHash ? [] : ['scenario']),
    ...names.filter((name) => JSON.stringify(own.part[name]) !== JSON.stringify(theirs.part[name])),
  ]
}
