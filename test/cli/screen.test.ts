// Tests the width of what a command prints, and that nothing in a text moves the cursor of a terminal.
import { afterEach, expect, it, vi } from 'vitest'
import { painted, paintedText, screenOf } from '../../src/cli/screen.ts'
import { strong } from '../../src/present/report/text-table.ts'

afterEach(() => vi.unstubAllEnvs())

it('tables fit the terminal, or 80 columns in a pipe unless COLUMNS says otherwise', () => {
  expect(screenOf(false, { isTTY: true, columns: 120 }, '60')).toEqual({ columns: 120, errors: false, wraps: true })
  expect(screenOf(true, { isTTY: false, columns: 0 }, '60')).toEqual({ columns: 60, errors: true, wraps: false })
  expect(screenOf(false, { isTTY: false, columns: 0 }, undefined).columns).toBe(80)
  expect(screenOf(false, { isTTY: false, columns: 0 }, 'wide').columns).toBe(80)
  // A pseudo-terminal without a size reports 0.
  expect(screenOf(false, { isTTY: true, columns: 0 }).columns).toBe(80)
})

it('FORCE_COLOR makes text bold, and without it a pipe gets plain text', () => {
  vi.stubEnv('FORCE_COLOR', '1')
  expect(painted(strong('Sign Fin'))).toBe('\x1b[1mSign Fin\x1b[22m')
  vi.stubEnv('FORCE_COLOR', '0')
  expect(painted(strong('Sign Fin'))).toBe('Sign Fin')
})

it('a text cannot style itself', () => {
  vi.stubEnv('FORCE_COLOR', '1')
  expect(painted(strong('a\x1b[31mb'))).toBe('\x1b[1ma\\x1b[31mb\x1b[22m')
  vi.stubEnv('FORCE_COLOR', '0')
  expect(paintedText([{ head: ['', 'x'], rows: [['a\x1b[2Jb', '1']] }], false)).toContain('a\\x1b[2Jb')
})
