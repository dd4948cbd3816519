// Deflated text in base64, as links and parts of a page hold it.

export async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}

/** @param code deflated UTF-8 in base64 @throws Error for anything else */
export async function inflated(code: string): Promise<string> {
  const binary = atob(code)
  const bytes = new Uint8Array(binary.length)
  // A loop takes a tenth of the time of `from`, and parts of the page are long.
  for (let k = 0; k < binary.length; k++) bytes[k] = binary.charCodeAt(k)
  return new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))
}
