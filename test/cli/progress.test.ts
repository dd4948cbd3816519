// Tests the line of a progress bar: its label, the share that is done, and the time left.
import { expect, it } from 'vitest'
import { progressText, timeLeft } from '../../src/cli/progress.ts'

it('a bar has a label, the share that is done, and the time left', () => {
  expect(progressText('Simulating', 25, 100, 4_000, 80)).toBe('Simulating █████░░░░░░░░░░░░░░░  25%, 12 s left')
})

it('the time left follows the pace so far, and is not shown in the first second', () => {
  expect(timeLeft(10, 100, 999)).toBe('')
  expect(timeLeft(10, 100, 20_000)).toBe('3 min left')
  expect(timeLeft(0, 100, 5_000)).toBe('')
  expect(timeLeft(100, 100, 5_000)).toBe('')
})

it('a narrow terminal has no bar', () => {
  expect(progressText('Simulating', 25, 100, 4_000, 30)).toBe('Simulating  25%')
  expect(progressText('Simulating', 25, 100, 4_000, 8)).toBe('25%')
})
