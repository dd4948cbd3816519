import { it } from 'vitest'
import { simulate } from '../simulate.ts'
import { fairPrice } from '../../src/decisions/fair-price.ts'
import { sweep } from '../../src/decisions/sweep.ts'
import { optimize } from '../../src/decisions/optimize.ts'
import { bridge } from '../../src/decisions/bridge.ts'
import { breakEven } from '../../src/decisions/break-even.ts'
import { readFileSync } from 'node:fs'
const reader = { read: () => Promise.reject(new Error('none')) }
const s = {
  conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%' },
  human: { cost: '$6' },
  offers: {
    fin: { charges: [{ id: 'usage', meter: 'resolutions', price: '$0.99' }] },
    'per-conversation': { charges: [{ meter: 'conversations', price: '$0.80' }] },
    zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] },
    payg: { charges: [{ meter: 'resolutions', price: '$2.00' }] },
  },
}
it('x', async () => {
  const t = async (name, f) => {
    const a = performance.now()
    try {
      console.log(name, await f(), Math.round(performance.now() - a), 'ms')
    } catch (e) {
      console.log(name, e.name, e.message)
    }
  }

  const s2 = {
    ...s,
    months: 12,
    conversations: { base: '50k to 65k', growth: '1%/month', noise: { cv: '8%', autocorrelation: 0.5 } },
    resolution: { rate: '65%', improvement: '1pt/month' },
    offers: { ...s.offers, fin: { charges: [{ id: 'usage', meter: 'resolutions', price: '$1.05' }] }, other: s.offers.payg },
  }
  await t('bridge', async () => JSON.stringify(await bridge(s, s2, reader), null, 1))
  await t('bridge', async () => {
    const b = await bridge(s, s2, reader)
    return Object.entries(b.offers).map(([o, { change }]) => [
      o,
      change.mean.value - b.changes.reduce((x, c) => x + c.offers[o].mean.value, 0),
      change.p80.value - b.changes.reduce((x, c) => x + c.offers[o].p80.value, 0),
    ])
  })
}, 300000)
