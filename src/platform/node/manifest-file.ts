// Reads the manifest of a run and proves it: its own SHA-256, its shape, and that its scenario, seed and trials give its identity.
import { shellWord } from '../../notation/shell.ts'
import { givenFiles } from '../../api/given.ts'
import { canonical, identityIn } from '../../api/identity.ts'
import { MANIFEST_FORMAT, type Manifest } from '../../api/manifest.ts'
import { messageOf, UsageError } from '../../errors.ts'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import { type Opened, opened } from '../../present/files/seal.ts'
import { MANIFEST } from '../../present/files/swap.ts'
import { readScenario } from '../../scenario/read.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { hasher, sha256 } from './hash.ts'
import { manifestShape, shapeFault } from './shapes.ts'
import { VERSION } from '../version.generated.ts'

export const repair = (folder: string) => `Finish it with billcast run SCENARIO --out ${shellWord(folder)} --resume`

/** Called with a sentence about results that are less than proven. */
export type Remark = (words: string) => void

const unfit = (folder: string, why: string): UsageError =>
  new UsageError(`${folder}: expected a finished folder, but ${MANIFEST} ${why}. ${repair(folder)}`)

/** @param remark hears that nothing proves the manifest of an earlier format @throws UsageError that names the folder */
export function manifestIn(folder: string, bytes: Uint8Array, remark: Remark = () => undefined): Manifest {
  const { value, proven } = openedIn(folder, bytes)
  const stated = value as { readonly format?: unknown; readonly report?: unknown } | null
  if (typeof stated?.format !== 'number' || ![1, 2, MANIFEST_FORMAT].includes(stated.format) || stated.report === undefined)
    throw new UsageError(`${folder}: ${MANIFEST} is from another program or version. ${repair(folder)}`)
  const fault = shapeFault(manifestShape, value)
  if (fault !== undefined) throw unfit(folder, `has another shape than billcast writes: ${fault}`)
  const manifest = value as Manifest
  if (!proven)
    remark(
      `${folder}: ${MANIFEST} is of format ${manifest.format}, which has no SHA-256 of its own. A change to it may go unnoticed.`,
    )
  checkIdentity(folder, manifest)
  return manifest
}

function openedIn(folder: string, bytes: Uint8Array): Opened {
  try {
    return opened(bytes, hasher, revivedEstimate)
  } catch (error) {
    throw unfit(folder, `cannot be used: ${messageOf(error)}`)
  }
}

/** Compares the identity with everything that it is made of. Format 1 made it of other names. */
function checkIdentity(folder: string, manifest: Manifest): void {
  if (manifest.format === 1) return
  const { scenarioHash, identity, version, report } = manifest
  const own = identityIn(manifest, sha256)
  const others = [
    own.scenarioHash === scenarioHash ? undefined : 'scenarioHash',
    own.identity === identity ? undefined : 'identity',
    canonical(report.origin) === canonical({ version, scenarioHash, identity }) ? undefined : 'report.origin',
  ].filter((name) => name !== undefined)
  if (others.length > 0)
    throw unfit(folder, `contradicts itself: its scenario, seed and trials do not give its ${others.join(', ')}`)
}

/**
 * Checks that the plan's text and files give the scenario of the manifest. Another version may read them in another way.
 * @throws UsageError if they give another
 */
export async function checkPlan(folder: string, { version, scenarioHash, report: { live } }: Manifest): Promise<void> {
  if (version !== VERSION) return
  let found: string
  try {
    found = sha256(canonical((await resolve(readScenario(live.scenario), givenFiles(live.files))).scenario))
  } catch (error) {
    throw unfit(folder, `contains a plan that cannot be read (${messageOf(error).replaceAll(/\s*\n\s*/g, '; ')})`)
  }
  if (found !== scenarioHash) throw unfit(folder, 'contains the text of another plan than its figures belong to')
}
