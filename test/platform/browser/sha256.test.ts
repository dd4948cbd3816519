// The SHA-256 of a browser's results is that of Node.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { browserHome } from '../../../src/platform/browser/home.ts'
import { sha256InPage as sha256 } from '../../../src/platform/browser/sha256.ts'
import { sha256 as expected } from '../../../src/platform/node/hash.ts'
import { effort } from '../../effort.ts'

it('agrees with the published values', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('agrees with Node for any bytes and text, also where the padding fills another block', () => {
  for (let length = 0; length < 200; length++)
    expect(sha256(new Uint8Array(length).fill(length))).toBe(expected(new Uint8Array(length).fill(length)))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 500 }), fc.string({ unit: 'grapheme', maxLength: 300 })), (data) => {
      expect(sha256(data)).toBe(expected(data))
    }),
    effort(30, 1_000),
  )
})

it('marks the files of a result, which a browser cannot write into folders', async () => {
  expect(browserHome.sha256).toBe(sha256)
  await expect(browserHome.save({} as never, 'results', {}, 0)).rejects.toThrow(
    'save: a browser cannot write folders. Call toParquet, toArrow, toCSV, toXLSX or report, and offer the bytes as a download',
  )
})
