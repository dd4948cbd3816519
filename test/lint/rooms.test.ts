// docs/rooms.md lists the folders of the lint rule in its order.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('docs/rooms.md lists every folder in the order in which they may import', () => {
  const { order, bare } = JSON.parse(readFileSync('lint/order.json', 'utf8')) as { order: string[]; bare: string[] }
  const map = readFileSync('docs/rooms.md', 'utf8')
  expect([...map.matchAll(/^\| `([a-z/]+)` \| \S/gm)].map(([, room]) => room)).toEqual(order)
  for (const file of bare) expect(map).toContain(`\`${file}\``)
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(rooms.map(({ name }) => name).sort()).toEqual([...new Set(order.map((path) => path.split('/')[0]))].sort())
  expect(rooms.length).toBeLessThanOrEqual(18)
})
