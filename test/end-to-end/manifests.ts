// Manifests of folders of results, changed by tests.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasher } from '../../src/platform/node/hash.ts'
import { sealed } from '../../src/present/files/seal.ts'

type Stated = Readonly<Record<string, unknown>>

export function statedIn(folder: string): Stated {
  const { sha256: _, ...stated } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Stated
  return stated
}

/** Writes another manifest with a SHA-256 that is right for it. */
export const reseal = (folder: string, stated: object): void => writeFileSync(join(folder, 'manifest.json'), sealed(stated, hasher))

/** Writes the manifest as a build did that knew no SHA-256 of manifests. */
export const unseal = (folder: string, stated: object): void =>
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(stated, null, 2)}\n`)
