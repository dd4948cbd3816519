// The scenarios of scenarios.json, run by whatever `simulate` is given: SHA-256 of each summary, by name. It runs in Node, Deno and
// browsers alike.

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export async function goldenHashes(simulate, scenarios, options = {}) {
  const hashes = {}
  for (const { name, scenario, options: own } of scenarios) {
    const { summary } = await simulate(scenario, { ...own, ...options })
    hashes[name] = hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(summary))))
  }
  return hashes
}
