// While a slider moves, the calculator answers from few trials. The time that it takes is the processor's own, so that a busy machine does not count.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { answerOfRun } from '../../src/page/calculator/answer-of-run.ts'
import { changedPlan, FIRST_PLAN, rateText } from '../../src/page/calculator/plan.ts'
import { QUICK } from '../../src/page/quick.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const reader = givenFiles({})

it('an answer while a slider moves takes less than 100 ms of the processor, from the plan as text to the answer', async () => {
  const times: number[] = []
  for (let low = 40; low < 70; low++) {
    const plan = changedPlan(FIRST_PLAN, [[['resolution', 'rate'], rateText([low, low + 10])]])
    const before = process.cpuUsage()
    const finished = await runScenario(plan, QUICK, { executor: () => inlineExecutor, reader })
    const { trials, bars } = answerOfRun(finished, low, false)
    const { user, system } = process.cpuUsage(before)
    expect([trials, bars === '']).toEqual(['4,096', false])
    times.push((user + system) / 1_000)
  }
  // The first answers also compile the program, as those of a page do when it opens. The middle of the others is one of a drag.
  const later = times.slice(10).sort((a, b) => a - b)
  expect(later[Math.floor(later.length / 2)]).toBeLessThan(100)
})
