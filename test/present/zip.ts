import { inflateRawSync } from 'node:zlib'

/** The texts in a ZIP archive by name (PKWARE's APPNOTE 6.3.10, sections 4.3.7 and 4.3.12). */
export function entriesOf(archive: Buffer): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (let at = archive.indexOf('PK\u0001\u0002'); at >= 0; at = archive.indexOf('PK\u0001\u0002', at + 46)) {
    const [size, name, local] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)]
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(start, start + size)
    const content = archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)
    found[archive.toString('utf8', at + 46, at + 46 + name)] = content.toString('utf8')
  }
  return found
}
