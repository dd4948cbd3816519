// Writes the fonts of PNG pictures into generated/fonts/, so that a picture has the same letters on every machine. Inter comes as WOFF, which is
// a TrueType font whose tables are compressed, and the renderer reads TrueType.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'

const FOLDER = 'generated/fonts'
const FONTS = ['latin-400', 'latin-700', 'latin-ext-400', 'latin-ext-700']

/** The header of a file, and the entry of a table in it, in bytes. */
const [WOFF_HEADER, WOFF_ENTRY, HEADER, ENTRY] = [44, 20, 12, 16]
const aligned = (length) => Math.ceil(length / 4) * 4

/** WOFF 1.0 (W3C, 2012), section 4, as TrueType. @param {Buffer} woff */
export function trueType(woff) {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('expected a font in WOFF 1.0')
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, k) => {
    const at = WOFF_HEADER + k * WOFF_ENTRY
    const [offset, size, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field))
    const stored = woff.subarray(offset, offset + size)
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.subarray(at + 16, at + 20),
      bytes: size < length ? inflateSync(stored) : stored,
    }
  })
  const head = Buffer.alloc(HEADER + count * ENTRY)
  const power = 2 ** Math.floor(Math.log2(count))
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((count - power) * 16, 10)
  let offset = head.length
  const parts = tables.map(({ tag, sum, bytes }, k) => {
    const at = HEADER + k * ENTRY
    tag.copy(head, at)
    sum.copy(head, at + 4)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(bytes.length, at + 12)
    offset += aligned(bytes.length)
    return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)])
  })
  return Buffer.concat([head, ...parts])
}

export function writeFonts() {
  const folder = dirname(createRequire(import.meta.url).resolve('@fontsource/inter/package.json'))
  mkdirSync(FOLDER, { recursive: true })
  for (const name of FONTS) {
    const file = `${FOLDER}/inter-${name}.ttf`
    if (!existsSync(file)) writeFileSync(file, trueType(readFileSync(join(folder, 'files', `inter-${name}-normal.woff`))))
  }
  writeFileSync(`${FOLDER}/LICENSE.txt`, readFileSync(join(folder, 'LICENSE')))
}
