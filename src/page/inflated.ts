// Deflated text in base64, as links and parts of a page hold it.

const piped = (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) =>
  new Blob([bytes]).stream().pipeThrough(stream)

export async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(piped(bytes, stream)).arrayBuffer())
}

/**
 * @param code deflated UTF-8 in base64
 * @param most bytes of the text. A short code can hold gigabytes, so that reading stops there
 * @throws Error for anything else
 */
export async function inflated(code: string, most = Number.POSITIVE_INFINITY): Promise<string> {
  const binary = atob(code)
  const bytes = new Uint8Array(binary.length)
  // A loop takes a tenth of the time of `from`, and parts of the page are long.
  for (let k = 0; k < binary.length; k++) bytes[k] = binary.charCodeAt(k)
  const reader = piped(bytes, new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder()
  const texts: string[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength
    if (size > most) {
      await reader.cancel()
      throw new Error('the text is too long')
    }
    texts.push(decoder.decode(read.value, { stream: true }))
  }
  return texts.join('') + decoder.decode()
}
