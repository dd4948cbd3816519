// How long do small runs and readings take in a warm process, beside a run of the same trials without monthly statistics and integration?
import { simulate } from 'billcast'
import { parse } from 'yaml'
import { median, referenceText, round } from './scenario.mjs'

const ROUNDS = 5

/** Milliseconds of wall time and of CPU time, threads included. */
async function timed(call) {
  const [began, before] = [performance.now(), process.cpuUsage()]
  await call()
  const { user, system } = process.cpuUsage(before)
  return { ms: performance.now() - began, cpu: (user + system) / 1000 }
}

/** Rounds of a call and its peer, one after the other, after a few that warm the code. */
async function beside(what, call, peer, { warm = 3, times = 1 } = {}) {
  const many = (work) => async () => {
    for (let k = 0; k < times; k++) await work()
  }
  for (let k = 0; k < warm; k++) {
    await peer()
    await call()
  }
  const rows = []
  for (let k = 0; k < ROUNDS; k++) rows.push({ peer: await timed(many(peer)), call: await timed(many(call)) })
  const each = (of) => median(rows.map(of)) / times
  return {
    what,
    ms: round(each(({ call }) => call.ms)),
    'CPU ms': round(each(({ call }) => call.cpu)),
    'of the peer': round(median(rows.map(({ call, peer }) => call.cpu / peer.cpu))),
  }
}

const bare = { monthly: false, preintegration: false }

export async function loop() {
  const whole = parse(referenceText)
  const two = { ...whole, offers: Object.fromEntries(Object.entries(whole.offers).slice(0, 2)) }
  const small = { trials: 10_000 }
  const large = { trials: 1_000_000, threads: 2 }
  const run = (scenario, options) => () => simulate(scenario, options)
  const results = []
  for (let k = 0; k < ROUNDS + 3; k++) results.push(await simulate(whole, { ...large, seed: k }))
  return [
    await beside('simulate(), 10,000 trials, two offers', run(two, small), run(two, { ...small, ...bare }), {
      warm: 20,
      times: 20,
    }),
    await beside('the same, one thread', run(two, { ...small, threads: 1 }), run(two, { ...small, ...bare, threads: 1 }), {
      warm: 20,
      times: 20,
    }),
    await beside(
      'a million trials with monthly statistics',
      run(whole, { ...large, preintegration: false }),
      run(whole, { ...large, ...bare }),
    ),
    await beside('a million trials with integration', run(whole, { ...large, monthly: false }), run(whole, { ...large, ...bare })),
    await beside('16,384 trials, all statistics', run(whole, { trials: 16_384 }), run(whole, { trials: 16_384, ...bare })),
    // Each call takes another result, since a result keeps its curves.
    await beside(
      'curve() of an offer, a million trials',
      async () => results.pop().curve('commitment'),
      run(whole, { ...large, ...bare }),
    ),
  ]
}
