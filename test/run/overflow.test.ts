import { expect, it } from 'vitest'
import { simulate } from '../simulate.ts'

const huge = {
  months: 240,
  conversations: { base: 1e12, growth: '900%/month', noise: { cv: '10%' } },
  offers: {
    cheap: { charges: [{ meter: 'conversations', price: 1e-6 }] },
    dear: { charges: [{ meter: 'conversations', price: 1e12 }] },
  },
}

it('a cost that is too large for statistics is refused with its offer, month, trial and cause', async () => {
  await expect(simulate(huge, { trials: 1_024 })).rejects.toThrow(
    /^dear: the cost in month 240 of 240 of trial \d+ \(seed billcast\) is too large to compute with: \d\.\d\de\+26\d, with \d\.\d\de\+25\d conversations\. Check/,
  )
})

it('an infinite cost is refused too', async () => {
  const spikes = { probability: '50%', size: 1e6, months: 12 }
  await expect(simulate({ ...huge, conversations: { ...huge.conversations, spikes } }, { trials: 64 })).rejects.toThrow(
    /^dear: the cost in month 232 of 240 of trial 0 \(seed billcast\) is too large to compute with: infinite, with 8\.52e\+296/,
  )
})
