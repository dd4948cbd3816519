// Fits start, improvement, ceiling and noise of the resolution rate. A month's rate is a trend plus autoregressive noise on the log-odds
// plus binomial variation. The binomial part is known from the number of conversations, so the rest of the spread is noise. The method is
// generalized least squares in points for each spread and autocorrelation of a grid.
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { exp, log, pow } from '../../numerics/kernel/math.ts'

export interface RateFit {
  readonly months: number
  /** In the first planned month, as a fraction like all figures below. */
  readonly rate: { readonly value: number; readonly se: number }
  /** Per month; at the start, if the rate saturates. */
  readonly improvement: { readonly value: number; readonly se: number }
  /** Between the estimates of rate and improvement. */
  readonly correlation: number
  /** Only present if the months show that the rate bends toward it. */
  readonly ceiling?: { readonly value: number; readonly se: number }
  /** Beyond binomial variation. */
  readonly noise: { readonly sd: number; readonly autocorrelation: number }
}

interface Seen {
  /** Months before the first planned one, negative. */
  readonly at: readonly number[]
  readonly rates: readonly number[]
  readonly counts: readonly number[]
}

const FEWEST = 6
/** Older months say little about next year, and they enlarge the matrices. */
const MOST = 120
const AUTOCORRELATIONS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
/** Candidates for the noise, as factors of the spread around the trend. */
const SPREADS = [0.05, 0.1, 0.17, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.05, 1.2, 1.35, 1.5, 1.75, 2]
const COARSE = [0.4, 0.7, 1, 1.5]
/** Candidates for the share of the gap to the ceiling that closes each month. */
const BENDS = [0.02, 0.025, 0.032, 0.04, 0.05, 0.06, 0.07, 0.082, 0.095, 0.11, 0.13, 0.15, 0.18, 0.22, 0.27, 0.33]
/** Twice the gain in log-likelihood that a ceiling must bring. Two more parameters reach this by chance in 1 of 70 cases. */
const BENT = 8.5

/** @param first the month of the first entries; @param start the first planned month */
export function fitRate(
  first: number,
  conversations: readonly number[],
  resolutions: readonly number[],
  start: number,
): RateFit | undefined {
  const places = conversations.flatMap((n, k) => (n > 0 && resolutions[k] >= 0 ? [k] : [])).slice(-MOST)
  if (places.length < FEWEST) return undefined
  const seen: Seen = {
    at: places.map((k) => first + k - start),
    rates: places.map((k) => resolutions[k] / conversations[k]),
    counts: places.map((k) => conversations[k]),
  }
  const straight = fit(seen, [seen.at.map(() => 1), seen.at], true)
  const bends = BENDS.map((bend) => ({ bend, ...fit(seen, [seen.at.map(() => 1), seen.at.map((m) => -exp(-bend * m))], true) }))
  const most = Math.max(...bends.map(({ likelihood }) => likelihood))
  const bent = 2 * (most - straight.likelihood) > BENT ? saturating(seen, bends, most) : undefined
  if (bent && bent.ceiling.value < 1 && bent.ceiling.se < 0.1 && bent.improvement.value > 0)
    return { months: places.length, ...bent }
  const { mean, covariance, noise } = fit(seen, [seen.at.map(() => 1), seen.at])
  const [[a, c], [, b]] = covariance
  return {
    months: places.length,
    rate: { value: inside(mean[0]), se: Math.sqrt(a) },
    improvement: { value: mean[1], se: Math.sqrt(b) },
    correlation: c / Math.sqrt(a * b),
    noise,
  }
}

/** Fits ceiling − gap·e^(−bend·m), averaged over all plausible bends by their likelihood. */
function saturating(
  seen: Seen,
  bends: readonly { readonly bend: number; readonly likelihood: number }[],
  most: number,
): Omit<RateFit, 'months' | 'ceiling'> & { readonly ceiling: NonNullable<RateFit['ceiling']> } {
  const likely = bends
    .filter(({ likelihood }) => likelihood > most - 6)
    .map(({ bend, likelihood }) => ({
      bend,
      weight: exp(likelihood - most) * bend, // bends are spaced by their ratio
      ...fit(seen, [seen.at.map(() => 1), seen.at.map((m) => -exp(-bend * m))]),
    }))
  const total = likely.reduce((sum, { weight }) => sum + weight, 0)
  const average = (value: (one: (typeof likely)[number]) => number) =>
    likely.reduce((sum, one) => sum + (one.weight / total) * value(one), 0)
  const figures = [
    () => [1, -1], // the rate at the start
    (bend: number) => [0, bend], // its slope there
    () => [1, 0], // the ceiling
  ].map((of) => ({ of, value: average(({ bend, mean }) => of(bend)[0] * mean[0] + of(bend)[1] * mean[1]) }))
  const covarianceOf = (i: number, j: number) =>
    average(({ bend, mean, covariance }) => {
      const [a, b] = [figures[i].of(bend), figures[j].of(bend)]
      const inner = [0, 1].reduce((sum, k) => sum + [0, 1].reduce((own, l) => own + a[k] * b[l] * covariance[k][l], 0), 0)
      const [x, y] = [a, b].map((one) => one[0] * mean[0] + one[1] * mean[1])
      return inner + (x - figures[i].value) * (y - figures[j].value)
    })
  const [rate, slope, ceiling] = [0, 1, 2].map((k) => Math.sqrt(covarianceOf(k, k)))
  return {
    rate: { value: inside(figures[0].value), se: rate },
    improvement: { value: figures[1].value, se: slope },
    correlation: covarianceOf(0, 1) / rate / slope,
    ceiling: { value: figures[2].value, se: ceiling },
    noise: { sd: average(({ noise }) => noise.sd), autocorrelation: average(({ noise }) => noise.autocorrelation) },
  }
}

/** Keeps a rate between 1% and 99%, which a trend may leave before the plan starts. */
const inside = (rate: number): number => Math.min(0.99, Math.max(0.01, rate))

interface Fitted {
  readonly mean: readonly number[]
  readonly covariance: readonly (readonly number[])[]
  readonly noise: { readonly sd: number; readonly autocorrelation: number }
  /** The largest log-likelihood (not restricted, so that trends can be compared). */
  readonly likelihood: number
}

/** @param quick whether a coarse grid is enough, to compare the likelihood of trends */
function fit({ at, rates, counts }: Seen, columns: readonly (readonly number[])[], quick = false): Fitted {
  const design = new Matrix(at.map((_, i) => columns.map((column) => column[i])))
  const y = Matrix.columnVector([...rates])
  const plain = solveWith(Matrix.eye(at.length), design, y)
  const middle = plain.fitted.map((value) => Math.min(0.995, Math.max(0.005, value)))
  const spread = Math.sqrt(plain.squares / Math.max(1, at.length - columns.length))
  // Noise acts on the log-odds, so in points it is widest near 50%.
  const center = inside(plain.coefficients.reduce((sum, b, j) => sum + b * (columns[j] === at ? 0 : columns[j][at.length - 1]), 0))
  const widths = middle.map((value) => (value * (1 - value)) / (center * (1 - center)))
  const chance = middle.map((value, i) => (value * (1 - value)) / counts[i])
  const [phis, factors] = quick ? [AUTOCORRELATIONS.filter((_, k) => k % 3 === 0), COARSE] : [AUTOCORRELATIONS, SPREADS]
  const options = phis.flatMap((phi) => factors.map((factor) => ({ phi, sd: factor * spread })))
  const powers = new Map(phis.map((phi) => [phi, Array.from({ length: at[at.length - 1] - at[0] + 1 }, (_, lag) => pow(phi, lag))]))
  const results = options.map(({ phi, sd }) => {
    const covariance = noiseOf(at, widths, sd * sd, powers.get(phi) ?? [])
    chance.forEach((value, i) => covariance.set(i, i, covariance.get(i, i) + (value + 1e-12)))
    return { phi, sd, ...solveWith(covariance, design, y) }
  })
  const top = Math.max(...results.map(({ restricted }) => restricted))
  const raw = results.map(({ restricted }) => exp(restricted - top)) // spreads are spaced by their ratio, so each scale is equally likely
  const sum = raw.reduce((a, b) => a + b, 0)
  const weights = raw.map((value) => value / sum)
  const average = (value: (k: number) => number) => weights.reduce((total, weight, k) => total + weight * value(k), 0)
  const mean = columns.map((_, j) => average((k) => results[k].coefficients[j]))
  const covariance = mean.map((_, i) =>
    mean.map((_, j) =>
      average(
        (k) => results[k].covariance.get(i, j) + (results[k].coefficients[i] - mean[i]) * (results[k].coefficients[j] - mean[j]),
      ),
    ),
  )
  return {
    mean,
    covariance,
    noise: { sd: average((k) => results[k].sd), autocorrelation: average((k) => results[k].phi) },
    likelihood: Math.max(...results.map(({ likelihood }) => likelihood)),
  }
}

/** Covariance of an autoregression whose standard deviation is scaled by `widths` in each month. */
function noiseOf(at: readonly number[], widths: readonly number[], variance: number, powers: readonly number[]): Matrix {
  const covariance = new Matrix(at.length, at.length)
  for (let i = 0; i < at.length; i++)
    for (let j = 0; j <= i; j++) {
      const value = widths[i] * widths[j] * (variance * powers[at[i] - at[j]])
      covariance.set(i, j, value)
      covariance.set(j, i, value)
    }
  return covariance
}

/** Generalized least squares with a known covariance. */
function solveWith(covariance: Matrix, design: Matrix, y: Matrix) {
  const factor = new CholeskyDecomposition(covariance)
  const weighted = factor.solve(design)
  const product = design.transpose().mmul(weighted)
  const normal = new CholeskyDecomposition(Matrix.add(product, product.transpose()).mul(0.5)) // symmetric to the last bit
  const inverse = normal.solve(Matrix.eye(design.columns))
  const coefficients = inverse.mmul(weighted.transpose().mmul(y))
  const fitted = design.mmul(coefficients)
  const rest = Matrix.sub(y, fitted)
  const squares = rest.transpose().mmul(factor.solve(rest)).get(0, 0)
  const logs = (decomposition: CholeskyDecomposition) =>
    decomposition.lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + log(value), 0)
  const likelihood = -0.5 * squares - logs(factor)
  return {
    coefficients: coefficients.getColumn(0),
    covariance: inverse,
    fitted: fitted.getColumn(0),
    squares,
    likelihood,
    restricted: likelihood - logs(normal),
  }
}
