// Does the cost grow linearly with offers, months and trials?
import { Arena, BLOCK } from '../.cache/modules/numerics/kernel/arena.js'
import { planTrials } from '../.cache/modules/numerics/random/plan.js'
import { BlockWork } from '../.cache/modules/simulation/block.js'
import { modelOf } from '../.cache/modules/simulation/model.js'
import { compiled, median, round } from './scenario.mjs'

export const scenario = (offers, months, tiers = 0) =>
  JSON.stringify({
    months,
    conversations: { base: '50k', noise: { cv: '10%', autocorrelation: 0.5 } },
    resolution: { rate: '65%', noise: { sd: '2pt', autocorrelation: 0.7 } },
    offers: Object.fromEntries(
      Array.from({ length: offers }, (_, k) => [
        `offer-${k}`,
        {
          charges: [
            tiers === 0
              ? { meter: 'resolutions', price: 0.5 + k / 100 }
              : {
                  meter: 'resolutions',
                  graduated: Array.from({ length: tiers }, (__, j) => ({
                    ...(j < tiers - 1 && { to: 25_000 + 2_000 * j + k }),
                    price: 1 - j / 50,
                  })),
                },
          ],
        },
      ]),
    ),
  })

export async function cost(text) {
  const program = { ...(await compiled(text)), pairs: false }
  const plan = planTrials(1_000_000, 'random')
  const work = new BlockWork(new Arena(), modelOf(program), plan, 'bench', {
    trials: program.offers.map(() => new Float64Array(plan.trials)),
  })
  const found = []
  for (let k = 0; k < 9; k++) {
    const began = performance.now()
    for (let block = 0; block < 16; block++) work.run(0, block)
    found.push(((performance.now() - began) * 1e3) / 16)
  }
  return median(found)
}

const row = async (what, text, base) => {
  const microseconds = await cost(text)
  return {
    what,
    'µs a block': round(microseconds),
    ...(base && { 'beyond the first, ns a trial-month': round(((microseconds - base.of) * 1e3) / BLOCK / base.by, 2) }),
  }
}

export async function scaling() {
  const one = await cost(scenario(1, 12))
  const rows = [{ what: '1 offer, 12 months', 'µs a block': round(one) }]
  for (const offers of [10, 100])
    rows.push(
      await row(`${offers} offers of a unit price, 12 months (each more)`, scenario(offers, 12), {
        of: one,
        by: 12 * (offers - 1),
      }),
    )
  for (const tiers of [5, 20])
    rows.push(await row(`1 offer of ${tiers} tiers (each)`, scenario(1, 12, tiers), { of: one, by: 12 * tiers }))
  for (const months of [24, 120])
    rows.push(await row(`1 offer, ${months} months (each more)`, scenario(1, months), { of: one, by: months - 12 }))
  return rows
}
