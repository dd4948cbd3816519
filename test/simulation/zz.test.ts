import fc from 'fast-check'
import { it } from 'vitest'
import { anySegmented } from '../oracle/any-segmented.ts'
import { anyContract } from '../oracle/contracts.ts'
import { anyScenario } from '../oracle/scenarios.ts'
import { anyTimed } from '../oracle/timed.ts'
import { disagreements } from './side-by-side.ts'
const seed = Number(process.env.SEED ?? 1),
  count = Number(process.env.COUNT ?? 50)
const which = process.env.ONLY === 'timed' ? anyTimed : fc.oneof(anyScenario, anyContract, anyTimed, anySegmented)
it('random', async () => {
  const samples = fc.sample(which, { seed, numRuns: count })
  const begun = Date.now()
  for (const [k, scenario] of samples.entries()) {
    const t = process.cpuUsage()
    let said = ''
    try {
      const found = await disagreements(scenario, 'sobol', 64, 1)
      if (found.length) said = JSON.stringify(found.slice(0, 3))
    } catch (e) {
      said = String(e).slice(0, 400)
    }
    const used = process.cpuUsage(t).user / 1e6
    if (said || used > 3)
      console.log(
        `PLAN ${k} cpu ${used.toFixed(1)} ${said}\n${said ? JSON.stringify(scenario) : JSON.stringify(scenario).slice(0, 300)}`,
      )
  }
  console.log('all', (Date.now() - begun) / 1000)
}, 600000)
