// Every message with an input that causes it. A line of src that creates a message and that no input reaches fails here.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Coverage, type Place } from './coverage.ts'
import { ELSEWHERE } from './elsewhere.ts'
import type { Subject } from './input.ts'
import type { List } from './list.ts'

const FILE = 'test/messages/messages.txt'

/** Code of the page and of the kernel runs elsewhere and creates no message. */
const APART = /^src\/(page|numerics\/kernel\/assembly)\//

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /(?<!\.d)\.ts$/.test(file) && !APART.test(file))
    .sort()

const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(resolve(file)).href)

const coverage = new Coverage()
let list: List = { text: '', silent: [] }
let missed: readonly Place[] = []

beforeAll(async () => {
  coverage.start()
  // One after the other: loads that overlap may evaluate a module twice.
  for (const file of filesIn('src')) await load(file)
  const { listOf } = await import('./list.ts')
  const subjects: Subject[] = []
  for (const file of filesIn('test/messages/inputs')) {
    const module = (await load(file)) as { readonly subjects: readonly Subject[] }
    subjects.push(...module.subjects)
  }
  list = await listOf(subjects)
  missed = coverage.missed('src/')
  if (process.env.UPDATE_MESSAGES !== undefined) writeFileSync(FILE, list.text)
})
afterAll(async () => {
  coverage.stop()
  const { removeFolders } = await import('./commands.ts')
  removeFolders()
})

const isElsewhere = ({ file, within }: Place) => ELSEWHERE.some((one) => one.file === file && one.within === within)
const shownPlace = ({ file, line, within }: Place) => `${file}:${line} ${within}`

describe('the list of messages', () => {
  it('is the one that its inputs cause', () => {
    expect(list.text).toBe(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '')
  })

  it('has no input that causes no message', () => {
    expect(list.silent).toEqual([])
  })

  it('reaches every line of src that creates a message', () => {
    const places = missed.filter((place) => !isElsewhere(place))
    expect(places.map(shownPlace), 'add an input that causes it to test/messages/inputs').toEqual([])
  })

  it('leaves no more to other tests than it must', () => {
    const needless = ELSEWHERE.filter(({ file, within }) => !missed.some((place) => place.file === file && place.within === within))
    expect(needless).toEqual([])
    for (const { test } of ELSEWHERE) expect(test === undefined || existsSync(test), test).toBe(true)
  })
})
