import { it } from "vitest"
import { simulate } from "../simulate.ts"
import { fairPrice } from "../../src/decisions/fair-price.ts"
import { sweep } from "../../src/decisions/sweep.ts"
import { breakEven } from '../../src/decisions/break-even.ts'
import { readFileSync } from 'node:fs'
const reader = { read: () => Promise.reject(new Error('none')) }
const s = { conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } }, resolution: { rate: '60% to 70%' },
 human: { cost: '$6' },
 offers: { fin: { charges: [{ id: 'usage', meter: 'resolutions', price: '$0.99' }] }, 'per-conversation': { charges: [{ meter: 'conversations', price: '$0.80' }] },
 zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] }, payg: { charges: [{ meter: 'resolutions', price: '$2.00' }] } } }
it('x', async () => {
const t = async (name, f) => { const a = performance.now(); try { console.log(name, await f(), Math.round(performance.now() - a), 'ms') } catch (e) { console.log(name, e.name, e.message) } }

await t('fair', () => fairPrice(s, 'offers.fin.charges[0].price', { against: 'per-conversation' }, reader))
await t('fairc', () => fairPrice(s, 'offers.fin.price', { against: 'per-conversation', statistic: 'cheapest' }, reader))
await t('sweep', async () => (await sweep(s, {'resolution.rate': [0.5, 0.6, 0.7]}, reader)).toString())
await t('sweep', async () => (await sweep(s, {'resolution.rate': '50%:90%:5pt', 'offers.fin.charges[0].price': '0.8:1.2:0.05'}, reader)).numRows)
await t('sweep', async () => (await sweep(s, {'resolution.rate': '0.5:0.9:0.000001'}, reader)).numRows)
await t('sweep', async () => (await sweep(s, {'resolution.rate': '50%:110%:5pt'}, reader)).numRows)
const ref = readFileSync('bench/reference.yaml', 'utf8')
await t('one run 65536', async () => (await simulate(ref, { trials: 65536 })).summary.trials)
await t('ref rate 200', async () => (await sweep(ref, {'resolution.rate': '0.5:0.699:0.001'}, reader)).numRows)
await t('ref price 200', async () => (await sweep(ref, {'offers.resolution.price': '0.5:0.699:0.001'}, reader)).numRows)
await t('ref commit 200', async () => (await sweep(ref, {'offers.commitment.commitment': '20000:21990:10'}, reader)).numRows)
}, 300000)
