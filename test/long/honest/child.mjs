// Runs plans with the built package in a process of its own, and sends back every figure that has a standard error.
import process from 'node:process'
import { simulate } from 'billcast'

/** A figure without a known error has an infinite one. */
const isEstimate = (node) => typeof node.value === 'number' && Number.isFinite(node.se)

/** Figures by path: value, standard error, and whether it is integrated. */
function figuresIn(node, path, found) {
  if (typeof node !== 'object' || node === null) return
  if (isEstimate(node)) {
    found[path] = [node.value, node.se, node.by === undefined ? 0 : 1]
    return
  }
  for (const [key, own] of Object.entries(node)) figuresIn(own, path === '' ? key : `${path}.${key}`, found)
}

process.on('message', async ({ id, plan, options, level }) => {
  try {
    const result = await simulate(plan, { ...options, threads: 1 })
    const found = {}
    figuresIn(result.summary, '', found)
    for (const offer of Object.keys(result.summary.offers)) {
      const { mean: _, ...regret } = result.regret(offer)
      figuresIn(regret, `regret.${offer}`, found)
      figuresIn(result.expectedShortfall(offer, level), `expectedShortfall.${offer}`, found)
    }
    const { trials, monthlyTrials } = result.summary
    if (process.connected) process.send({ id, figures: found, trials, monthlyTrials })
  } catch (error) {
    if (process.connected) process.send({ id, error: String(error) })
  }
})
