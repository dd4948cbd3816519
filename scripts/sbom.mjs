// Lists what an installation contains (an SBOM in SPDX, made by npm from the lock file), and fails at a license that is not on the list.
//   node scripts/sbom.mjs [FILE]     FILE receives the SBOM
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** Licenses that let anybody use, change and pass on the package. MPL-2.0 asks for the source of changed files only. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0', 'Unlicense'])

/** @param {string} license an SPDX expression @returns {boolean} whether one of its alternatives is allowed in all its parts */
export const isAllowed = (license) =>
  license
    .replaceAll(/[()]/g, ' ')
    .split(' OR ')
    .some((way) => way.split(' AND ').every((part) => ALLOWED.has(part.trim())))

/** @param {{ name: string, versionInfo: string, licenseDeclared?: string }[]} packages @returns {string[]} a line for each license that is not allowed */
export const refusedIn = (packages) =>
  packages
    .filter(({ licenseDeclared = '' }) => !isAllowed(licenseDeclared))
    .map(({ name, versionInfo, licenseDeclared = 'no license' }) => `${name} ${versionInfo}: ${licenseDeclared}`)

function main() {
  const [file] = process.argv.slice(2)
  const text = execFileSync('npm', ['sbom', '--sbom-format=spdx', '--omit=dev', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const { packages } = JSON.parse(text)
  if (file !== undefined) writeFileSync(file, text)
  const refused = refusedIn(packages)
  for (const line of refused) console.error(`not on the list of licenses: ${line}`)
  console.log(`${packages.length} packages in an installation, ${refused.length} with a license that is not on the list`)
  process.exitCode = refused.length === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
