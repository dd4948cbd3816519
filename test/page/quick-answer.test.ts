// While a slider moves, the calculator answers from few trials. The time that it takes is the processor's own, so that a busy machine does not count.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { answerOfRun } from '../../src/page/calculator/answer-of-run.ts'
import { changedPlan, FIRST_PLAN, rateText } from '../../src/page/calculator/plan.ts'
import { QUICK } from '../../src/page/quick.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const reader = givenFiles({})

it('an answer while a slider moves takes less than a fifth of the time of the final one, from the plan as text to the answer', async () => {
  const spent = async (low: number, final: boolean): Promise<number> => {
    const plan = changedPlan(FIRST_PLAN, [[['resolution', 'rate'], rateText([low, low + 10])]])
    const before = process.cpuUsage()
    const finished = await runScenario(plan, final ? {} : QUICK, { executor: () => inlineExecutor, reader })
    const { trials, ranges } = answerOfRun(finished, low, final)
    const { user, system } = process.cpuUsage(before)
    expect([trials, ranges === undefined]).toEqual([final ? '100,352' : '4,096', false])
    return user + system
  }
  // The first answers also compile the program, as those of a page do when it opens.
  for (let low = 40; low < 50; low++) await spent(low, false)
  const quick: number[] = []
  const whole: number[] = []
  for (let low = 50; low < 53; low++) {
    for (let k = 0; k < 3; k++) quick.push(await spent(low + k / 10, false))
    whole.push(await spent(low, true))
  }
  expect(Math.min(...quick) / Math.min(...whole)).toBeLessThan(1 / 5)
})
