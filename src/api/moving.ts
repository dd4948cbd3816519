// Which sliders of a report move a cost: a rate moves none where every contract bills conversations.
import { changedScenario } from '../present/report/changed.ts'
import type { Lever } from '../present/report/levers.ts'
import { Trials } from '../questions/trials.ts'
import { inlineExecutor } from '../run/executor.ts'
import { runTrials } from '../run/run.ts'
import { givenFiles } from './given.ts'
import { planned, prepareScenario, type WrittenPlan } from './run.ts'

/** A few trials show whether anything moves. */
const FEW = { trials: 256, preintegration: false, pairs: 'none', monthly: false, keepTrials: true } as const

/** The levers that change a cost at one of their ends. Those of contracts do. One whose end cannot be run stays, and says why when it moves. */
export async function movingLevers(
  { text, files }: WrittenPlan,
  levers: readonly Lever[],
  run: Readonly<Record<string, unknown>>,
): Promise<readonly Lever[]> {
  const reader = givenFiles(files)
  const costs = async (settings: Parameters<typeof changedScenario>[2]): Promise<string> => {
    const prepared = await prepareScenario(changedScenario(text, levers, settings, run), FEW, reader)
    const { options, program, scenario } = prepared
    const asked = { ...options, sums: [], largest: [] }
    const outcome = await runTrials(program, planned(prepared).plan, options.seed, asked, inlineExecutor)
    return new Trials(outcome, scenario)
      .recordedCosts()
      .map((column) => column.reduce((sum, cost) => sum + cost, 0))
      .join(' ')
  }
  let own: string | undefined
  const moves = async (lever: number): Promise<boolean> => {
    if (levers[lever].keys[0] === 'offers') return true
    own ??= await costs([])
    for (const step of [levers[lever].steps.length - 1, 0]) {
      try {
        if ((await costs([{ lever, step }])) !== own) return true
      } catch {
        return true
      }
    }
    return false
  }
  const found: Lever[] = []
  for (const [k, lever] of levers.entries()) if (await moves(k)) found.push(lever)
  return found
}
