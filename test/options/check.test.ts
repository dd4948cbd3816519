// Options of the library are checked against their schema: a misspelled one is refused, wherever it is given.
import { describe, expect, it } from 'vitest'
import { auditRows as audit } from '../../src/invoice/audit/index.ts'
import { checkOptions } from '../../src/options/check.ts'
import { explaining, pricing } from '../../src/options/questions.ts'
import { simulating } from '../../src/options/simulate.ts'
import { backtestOf as backtest } from '../../src/questions/backtest/backtest.ts'
import { calibrationOf as calibrate } from '../../src/questions/backtest/calibration.ts'
import { diffOf as diff } from '../../src/questions/explain/diff.ts'
import { informationOf as valueOfInformation } from '../../src/questions/explain/information.ts'
import { pilotOf as pilot } from '../../src/questions/explain/pilot.ts'
import { sensitivityOf as sensitivity } from '../../src/questions/explain/sensitivity.ts'
import { stressOf as stress } from '../../src/questions/explain/stress.ts'
import { breakEvenOf as breakEven } from '../../src/questions/negotiate/break-even.ts'
import { fairPriceOf as fairPrice } from '../../src/questions/negotiate/fair-price.ts'
import { optimumOf as optimize } from '../../src/questions/negotiate/optimize.ts'
import { sweep } from '../setup/sweep.ts'
import { reforecastOf as reforecast } from '../../src/questions/replan/reforecast.ts'
import { trackOf as track } from '../../src/questions/replan/track.ts'
import { simulate } from '../simulate.ts'
import { reader } from '../questions/reader.ts'

const scenario = { conversations: { base: '1k to 2k' }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }
const typo = { trails: 1_000 } as never

describe('an unknown option is refused with a suggestion', () => {
  it.each<[string, () => unknown]>([
    ['simulate', () => simulate(scenario, typo)],
    ['breakEven', () => breakEven(scenario, 'offers.a.price', ['a', 'b'], reader, typo)],
    ['fairPrice', () => fairPrice(scenario, 'offers.a.price', typo, reader)],
    ['optimize', () => optimize(scenario, typo, reader)],
    ['sweep', () => sweep(scenario, { 'offers.a.price': [1] }, reader, typo)],
    ['diff', () => diff(scenario, scenario, reader, typo)],
    ['reforecast', () => reforecast(scenario, typo, reader)],
    ['track', () => track(scenario, typo, reader)],
    ['sensitivity', () => sensitivity(scenario, typo, reader)],
    ['valueOfInformation', () => valueOfInformation(scenario, typo, reader)],
    ['pilot', () => pilot(scenario, typo, reader)],
    ['stress', () => stress(scenario, typo, reader)],
    ['backtest', () => backtest('', typo)],
  ])('by %s', async (_, call) => {
    await expect(call()).rejects.toThrow(/^trails: expected one of .*trials.* \(did you mean trials\?\), got 1000$/)
  })

  it('by calibrate and audit, which take no trials', async () => {
    await expect(calibrate('', { month: 3 } as never)).rejects.toThrow(/^month: .*\(did you mean months\?\), got 3$/)
    await expect(audit([], 'fin', { definitions: 'assumed' } as never)).rejects.toThrow(
      /^definitions: .*\(did you mean definition\?\), got "assumed"$/,
    )
  })
})

describe('a value', () => {
  it.each<[object, string]>([
    [{ trials: 0 }, 'trials: expected a whole number from 1 to 4,503,599,627,370,496, got 0'],
    [{ trials: '1m' }, 'trials: expected a whole number from 1 to 4,503,599,627,370,496, got "1m"'],
    [{ method: 'halton' }, 'method: expected sobol, latin or random, got "halton"'],
    [{ seed: {} }, 'seed: expected a text of up to 200 visible characters, or a number, got {}'],
    [{ measure: 'all' }, 'measure: expected bill or total, got "all"'],
    [{ threads: 2_000 }, 'threads: expected a whole number from 1 to 1,024, got 2000'],
    [{ memory: -1 }, 'memory: expected a number of bytes above 0 such as 2000000000, got -1'],
    [{ keepTrials: 'yes' }, 'keepTrials: expected true or false, got "yes"'],
    [{ precision: 0.1 }, 'precision: expected an object such as { relative: 0.001 }, got 0.1'],
    [{ precision: {} }, 'precision.relative: expected a share above 0 and below 1 such as 0.001, got nothing'],
    [{ precision: { relative: 2 } }, 'precision.relative: expected a share above 0 and below 1 such as 0.001, got 2'],
    [
      { precision: { relative: 0.1, statistics: 'mean' } },
      'precision.statistics: expected one of relative, statistic (did you mean statistic?), got "mean"',
    ],
    [{ signal: true }, 'signal: expected an AbortSignal, got true'],
    [{ onProgress: 'bar' }, 'onProgress: expected a function, got "bar"'],
  ])('of the wrong kind is refused: %j', (options, message) => {
    expect(() => checkOptions(options, simulating)).toThrow(message)
  })

  it('is asked for if it is required', () => {
    expect(() => checkOptions({}, pricing)).toThrow('against: expected the rival offer, such as fin, got nothing')
  })

  it('has the range of its own function', () => {
    expect(() => checkOptions({ trials: 10 }, explaining)).toThrow('trials: expected a whole number from 64 to 1,048,576, got 10')
  })

  it('passes if it is valid or undefined', () => {
    const options = {
      trials: 1_000,
      seed: 7,
      method: undefined,
      precision: { relative: 0.01 },
      signal: new AbortController().signal,
    }
    expect(() => checkOptions(options, simulating)).not.toThrow()
  })

  it('is refused if the options are not an object', () => {
    expect(() => checkOptions(7 as never, explaining)).toThrow(
      'options: expected an object with trials, seed, method, measure, threads, onProgress, signal, got 7',
    )
  })
})
