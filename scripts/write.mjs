// Writes a file whole or not at all. Unchanged text keeps its date, so that watchers and caches stay quiet.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export function write(target, text) {
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return
  mkdirSync(dirname(target), { recursive: true })
  const beside = `${target}.${process.pid}.tmp`
  writeFileSync(beside, text)
  renameSync(beside, target)
}
