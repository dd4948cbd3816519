import { boundsIn, columns } from '../../../src/options/kinds.ts'
import { fairPrice, pilot, simulate } from '../../../src/api/index.ts'
import { good } from '../../scenario/slips.ts'
import { currentName, warnOfOldNames } from '../../../src/old-names.ts'
import { calls, cases, type Subject } from '../input.ts'

const plan = good as never

export const subjects: Subject[] = [
  {
    folder: 'options',
    inputs: cases({
      'optimize(plan, { minimise: … }), a name of the release before': () => {
        const heard: string[] = []
        warnOfOldNames((words) => heard.push(words))
        currentName('minimise')
        return heard
      },
    }),
  },
  {
    folder: 'options',
    inputs: calls(
      () => simulate(plan, 1000 as never),
      () => simulate(plan, { trails: 1000 } as never),
      () => simulate(plan, { trials: 1.5 }),
      () => simulate(plan, { trials: '1m' as never }),
      () => simulate(plan, { method: 'halton' as never }),
      () => simulate(plan, { measure: 'price' as never }),
      () => simulate(plan, { keepTrials: 'yes' as never }),
      () => simulate(plan, { memory: -1 }),
      () => simulate(plan, { precision: 0.001 as never }),
      () => simulate(plan, { precision: { relative: 2 } }),
      () => simulate(plan, { threads: 0 }),
      () => simulate(plan, { signal: 5 as never }),
      () => simulate(plan, { onProgress: 5 as never }),
      () => simulate(plan, { files: 5 as never }),
      () => simulate(plan, { folder: 5 as never }),
      () => fairPrice(plan, 'offers.fin.price', {} as never),
      () => pilot(plan, { input: 'resolution.rate', cost: { fixed: Number.NaN } }),
      () => boundsIn('20k', '--between'),
      () => columns(['month', 'conversations'], 'month=…,conversations=…').text?.read('month', '--columns'),
    ),
  },
]
