// Sets the times of a ZIP archive's entries to the earliest possible, so that the same content always gives the same bytes. The offsets
// are those of PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.

const CENTRAL = 0x0201_4b50
const END = 0x0605_4b50
/** 1980-01-01 as an MS-DOS date. */
const EARLIEST = 0x21

/** Changes the bytes in place. */
export function withoutTimes(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const stamp = (at: number) => {
    view.setUint16(at, 0, true)
    view.setUint16(at + 2, EARLIEST, true)
  }
  let end = archive.byteLength - 22
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1
  if (end < 0) throw new Error('expected a ZIP archive')
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error('expected an entry of a ZIP archive')
    stamp(at + 12)
    stamp(view.getUint32(at + 42, true) + 10)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return archive
}
