// An offer of a scenario file, in its plan.
import { dirname } from 'node:path'
import { shown, UsageError } from '../errors.ts'
import { type Contract, contractOf, offersOf } from '../invoice/contract.ts'
import { folderReader } from '../platform/node/reader.ts'
import { loadScenario } from './load.ts'

export async function contractIn(file: string, name: string): Promise<Contract> {
  const scenario = await loadScenario(file)
  const names = offersOf(scenario)
  if (!names.includes(name)) throw new UsageError(`--offer: expected an offer of ${file} (${names.join(', ')}), got ${shown(name)}`)
  return contractOf({ scenario, offer: name }, folderReader(dirname(file)))
}
