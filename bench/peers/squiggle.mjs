// The reference scenario in Squiggle, a language that this field's users know. Runs if @quri/squiggle-lang is installed.
const MONTHS = 12

const lines = [
  'x0 = 0',
  'y0 = 0',
  ...Array.from({ length: MONTHS }, (_, m) => {
    const level = 50_000 * 1.01 ** m * Math.exp(0.1 * Math.sin(m * 0.5236) - 0.005)
    const trend = Math.min(0.85, 0.65 + 0.01 * m)
    const [a, s] = m === 0 ? [0, 0.1] : [0.5, 0.1 * Math.sqrt(0.75)]
    const [b, r] = m === 0 ? [0, 0.08] : [0.7, 0.08 * Math.sqrt(0.51)]
    return [
      `x${m + 1} = ${a} * x${m} + Sym.normal(0, ${s})`,
      `y${m + 1} = ${b} * y${m} + Sym.normal(0, ${r})`,
      `v${m} = ${level} * exp(x${m + 1})`,
      `w${m} = v${m} / (1 + ${(1 - trend) / trend} * exp(-y${m + 1}))`,
    ].join('\n')
  }),
  `volume = ${Array.from({ length: MONTHS }, (_, m) => `v${m}`).join(' + ')}`,
  `resolved = ${Array.from({ length: MONTHS }, (_, m) => `w${m}`).join(' + ')}`,
  'cost = [0.99 * resolved, 0.8 * volume, 2 * volume, 55200 + 0.6 * resolved, (1 to 3.5) * volume]',
  'List.map(cost, {|c| quantile(c, 0.9)})',
]

try {
  const { run } = await import('@quri/squiggle-lang')
  const sampleCount = 10_000
  const began = performance.now()
  const output = await run(lines.join('\n'), { environment: { sampleCount, xyPointLength: 1_000, seed: 'reference' } })
  const seconds = (performance.now() - began) / 1000
  const ok = output.result?.ok ?? true
  process.stdout.write(`${JSON.stringify({ nanoseconds: (seconds * 1e9) / sampleCount / MONTHS, ok })}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
