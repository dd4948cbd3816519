// Starts a browser and makes a folder before the first test of a file. Closes and removes them after the last one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launched } from '../../scripts/docs/browser.mjs'

interface TestBrowser {
  readonly root: string
  /** Within tests only. */
  readonly browser: () => Browser
}

/** @param prepare fills the folder before the browser starts */
export function browserAndFolder(prepare: (root: string) => void = () => undefined): TestBrowser {
  const root = mkdtempSync(join(tmpdir(), 'billcast-browser-'))
  let started: Browser | undefined
  beforeAll(async () => {
    prepare(root)
    started = await launched()
  })
  afterAll(async () => {
    await started?.close()
    rmSync(root, { recursive: true, force: true })
  })
  const browser = () => {
    if (!started) throw new Error('the browser has not started')
    return started
  }
  return { root, browser }
}

/** The errors and warnings of a page, as they come. */
export function errorsOf(page: Page): string[] {
  const wrong: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  return wrong
}

/** The same of a page from the disk, which asks no server for anything. */
export function errorsOnDisk(page: Page): string[] {
  const wrong = errorsOf(page)
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) wrong.push(`request of ${request.url()}`)
  })
  return wrong
}
