// Draws the scaling plots of docs/performance.md: node bench/plots.mjs (after npm run build) writes docs/scaling-*.svg.
import { writeFileSync } from 'node:fs'
import { simulate } from 'billcast'
import { cost, scenario } from './scaling.mjs'
import { median, referenceText } from './scenario.mjs'

const WIDTH = 360
const HEIGHT = 240
const EDGE = { left: 52, right: 12, top: 28, bottom: 40 }

/** The next round number at or above a number. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value)
}

/** Draws measured points and the line through the first and the last. */
function plot({ title, across, up, points }) {
  const [x1, y1] = [ceiling(Math.max(...points.map(([x]) => x))), ceiling(Math.max(...points.map(([, y]) => y)))]
  const x = (value) => EDGE.left + (value / x1) * (WIDTH - EDGE.left - EDGE.right)
  const y = (value) => HEIGHT - EDGE.bottom - (value / y1) * (HEIGHT - EDGE.top - EDGE.bottom)
  const [first, last] = [points[0], points[points.length - 1]]
  const text = (at, words, anchor = 'middle', turn = '') =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}"${turn}>${words}</text>`
  const ticks = [0, 0.5, 1].flatMap((share) => [
    text([x(share * x1), HEIGHT - EDGE.bottom + 16], `${share * x1}`),
    text([EDGE.left - 6, y(share * y1) + 4], `${Number((share * y1).toPrecision(3))}`, 'end'),
    `<line x1="${x(0)}" x2="${x(x1)}" y1="${y(share * y1)}" y2="${y(share * y1)}" class="grid"/>`,
  ])
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${up} against ${across}">
<style>text{font:12px sans-serif;fill:#777}.title{font-weight:600;fill:#888}.grid{stroke:#8884}.line{stroke:#0072b2;stroke-dasharray:4 3;fill:none}circle{fill:#d55e00}</style>
${text([EDGE.left, 16], `<tspan class="title">${title}</tspan>`, 'start')}
${ticks.join('\n')}
<line class="line" x1="${x(first[0]).toFixed(1)}" y1="${y(first[1]).toFixed(1)}" x2="${x(last[0]).toFixed(1)}" y2="${y(last[1]).toFixed(1)}"/>
${points.map(([a, b]) => `<circle cx="${x(a).toFixed(1)}" cy="${y(b).toFixed(1)}" r="3.5"/>`).join('\n')}
${text([(EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 8], across)}
${text([14, (EDGE.top + HEIGHT - EDGE.bottom) / 2], up, 'middle', ` transform="rotate(-90 14 ${(EDGE.top + HEIGHT - EDGE.bottom) / 2})"`)}
</svg>
`
}

async function seconds(trials, threads) {
  const found = []
  for (let k = 0; k < 3; k++) {
    const began = performance.now()
    await simulate(referenceText, { trials, threads, method: 'random', keepTrials: false, preintegration: false })
    found.push((performance.now() - began) / 1000)
  }
  return median(found)
}

/** Takes the smallest of several medians, since other work on a shared machine only adds time. */
async function least(text) {
  const found = []
  for (let k = 0; k < 4; k++) found.push(await cost(text))
  return Math.min(...found)
}

const series = async (values, measure) => {
  const points = []
  for (const value of values) points.push([value, await measure(value)])
  return points
}
const plots = {
  offers: {
    title: 'Offers',
    across: 'offers of a unit price, 12 months',
    up: 'µs a block of 1,024',
    points: await series([1, 5, 10, 25, 50, 100], (offers) => least(scenario(offers, 12))),
  },
  months: {
    title: 'Months',
    across: 'months, one offer',
    up: 'µs a block of 1,024',
    points: await series([6, 12, 24, 48, 84, 120], (months) => least(scenario(1, months))),
  },
  trials: {
    title: 'Trials',
    across: 'million trials, two threads',
    up: 'seconds',
    points: await series([1, 2, 4, 8, 16], (millions) => seconds(millions * 1e6, 2)),
  },
  threads: {
    title: 'Threads',
    across: 'threads (two cores)',
    up: 'million trials a second',
    points: await series([1, 2], async (threads) => 16 / (await seconds(16e6, threads))),
  },
}
for (const [name, figure] of Object.entries(plots)) {
  writeFileSync(new URL(`../docs/scaling-${name}.svg`, import.meta.url), plot(figure))
  process.stdout.write(`${name}: ${figure.points.map(([a, b]) => `${a} → ${Number(b.toPrecision(3))}`).join(', ')}\n`)
}
