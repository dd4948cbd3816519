// A manifest proves every byte of itself.
import { describe, expect, it } from 'vitest'
import { hasher } from '../../../src/platform/node/hash.ts'
import { opened, sealed } from '../../../src/present/files/seal.ts'

const manifest = { format: 3, seed: 'é', amounts: [0.1 + 0.2, 1e21], files: [{ name: 'summary.json' }] }
const bytes = sealed(manifest, hasher)
const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

describe('a manifest', () => {
  it('is JSON that ends with its SHA-256, and opens as it was', () => {
    const text = new TextDecoder().decode(bytes)
    expect(text).toMatch(/,\n {2}"sha256": "[0-9a-f]{64}"\n}\n$/)
    expect(JSON.parse(text)).toMatchObject(manifest)
    expect(opened(bytes, hasher)).toMatchObject({ proven: true, value: manifest })
  })

  it('is refused with any bit flipped, any byte cut off and any byte more', () => {
    for (let at = 0; at < bytes.byteLength; at++) {
      for (let bit = 1; bit < 256; bit *= 2) {
        const flipped = bytes.slice()
        flipped[at] ^= bit
        expect(() => opened(flipped, hasher)).toThrow(/^it(s bytes have changed since billcast wrote it| is not JSON)$/)
      }
      expect(() => opened(bytes.subarray(0, at), hasher)).toThrow(/^it/)
    }
    expect(() => opened(Uint8Array.from([...bytes, 10]), hasher)).toThrow('its bytes have changed')
  })

  it('needs no SHA-256 only in the formats that had none', () => {
    expect(opened(encoded({ format: 2 }), hasher).proven).toBe(false)
    for (const other of [{ format: 3 }, { format: '2' }, {}, null, [], 7, { format: 2, sha256: 'x' }])
      expect(() => opened(encoded(other), hasher)).toThrow('its bytes have changed')
  })
})
