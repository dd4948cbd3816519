// The licenses that an installation may contain.
import { expect, it } from 'vitest'
import { isAllowed, refusedIn } from '../../scripts/sbom.mjs'

it('a license counts by one of its alternatives, with all of its parts', () => {
  expect(isAllowed('MIT')).toBe(true)
  expect(isAllowed('(MIT OR GPL-3.0-only)')).toBe(true)
  expect(isAllowed('MIT AND ISC')).toBe(true)
  expect(isAllowed('(MIT AND GPL-3.0-only)')).toBe(false)
  expect(isAllowed('GPL-3.0-only')).toBe(false)
  expect(isAllowed('')).toBe(false)
})

it('a package without a license on the list is named with its version', () => {
  const packages = [
    { name: 'a', versionInfo: '1.0.0', licenseDeclared: 'MIT' },
    { name: 'b', versionInfo: '2.0.0', licenseDeclared: 'UNLICENSED' },
    { name: 'c', versionInfo: '3.0.0' },
  ]
  expect(refusedIn(packages)).toEqual(['b 2.0.0: UNLICENSED', 'c 3.0.0: no license'])
})
