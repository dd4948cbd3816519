// The resolution rate of each month: trend, offset, setbacks, and noise on the log-odds.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import { exp, log1p } from '../kernel/math.ts'
import type { NoiseProgram, Program, RateProgram } from '../program/program.ts'
import type { Values } from './columns.ts'
import type { Draws } from './draws.ts'
import { Events } from './events.ts'

/** One noise on log-odds, which several rates may share. */
class Noise {
  readonly #arena: Arena
  readonly #program: NoiseProgram
  readonly #scores: readonly Pointer[]
  readonly level: Pointer

  constructor(arena: Arena, program: NoiseProgram, draws: Draws) {
    this.#arena = arena
    this.#program = program
    this.#scores = program.dimensions.map((d) => draws.scores[d])
    this.level = arena.column()
  }

  month(m: number): void {
    const { ops } = this.#arena.kernel
    const { phi, sd } = this.#program
    if (m === 0) ops.scale(this.#scores[0], this.level, BLOCK, sd)
    else ops.autoregress(this.#scores[m], this.level, BLOCK, phi, sd * Math.sqrt(1 - phi * phi))
  }
}

/** One rate: its trend a trial, and the columns that it needs. */
class Rate {
  readonly program: RateProgram
  readonly #arena: Arena
  readonly #values: Values
  readonly #start: Pointer
  readonly #step: Pointer
  readonly #ceiling: Pointer
  readonly #power: Pointer
  readonly #trend: Pointer
  readonly rate: Pointer

  constructor(arena: Arena, program: RateProgram, values: Values) {
    this.program = program
    this.#arena = arena
    this.#values = values
    this.#start = arena.column()
    this.#step = arena.column()
    this.#ceiling = arena.column()
    this.#power = arena.column()
    this.#trend = arena.column()
    this.rate = arena.column()
  }

  /** What the whole horizon of a trial needs: the rate at the start, the ceiling, and the step or factor of a month. */
  begin(): void {
    const { ops } = this.#arena.kernel
    const { rate, ceiling, improvement, approach } = this.program
    this.#values.set(rate, this.#start)
    this.#values.set(ceiling, this.#ceiling)
    ops.lesser(this.#start, this.#ceiling, this.#start, BLOCK)
    this.#values.set(improvement?.value ?? 0, this.#step)
    ops.fill(this.#power, BLOCK, 1)
    const [start, step, top] = [this.#start, this.#step, this.#ceiling].map((column) => this.#arena.view(column))
    const yearly = improvement?.per === 'year'
    const relative = improvement?.kind === 'relative'
    for (let i = 0; i < BLOCK; i++) {
      let d = step[i]
      if (relative && yearly) d = exp(log1p(d) / 12) - 1
      else if (yearly) d /= 12
      if (approach === 'saturating') {
        const gap = top[i] - start[i]
        const points = relative ? d * start[i] : d
        // The share of the gap that is left after a month; where there is no gap there is nothing to close.
        step[i] = gap > 0 ? exp(-points / gap) : 0
      } else step[i] = relative ? 1 + d : d
    }
  }

  month(m: number, noise: Noise | undefined, setbacks: Events | undefined): void {
    const { ops } = this.#arena.kernel
    const { approach, improvement, offset } = this.program
    if (approach === 'saturating') {
      ops.subtract(this.#ceiling, this.#start, this.#trend, BLOCK)
      ops.multiply(this.#power, this.#trend, this.#trend, BLOCK)
      ops.subtract(this.#ceiling, this.#trend, this.#trend, BLOCK)
      ops.multiply(this.#step, this.#power, this.#power, BLOCK)
    } else if (improvement?.kind === 'relative') {
      ops.multiply(this.#power, this.#start, this.#trend, BLOCK)
      ops.lesser(this.#trend, this.#ceiling, this.#trend, BLOCK)
      ops.multiply(this.#step, this.#power, this.#power, BLOCK)
    } else {
      ops.copy(this.#start, this.#trend, BLOCK)
      ops.addScaled(this.#step, this.#trend, BLOCK, m)
      ops.lesser(this.#trend, this.#ceiling, this.#trend, BLOCK)
    }
    if (offset !== undefined) this.#values.add(offset, 1, this.#trend)
    if (setbacks) {
      for (let s = Math.max(0, m - setbacks.months + 1); s <= m; s++)
        ops.addScaled(setbacks.starts[s], this.#trend, BLOCK, (m - s) / setbacks.months - 1)
    }
    ops.clamp(this.#trend, this.#trend, BLOCK, 0, 1)
    if (noise) ops.logisticNoise(this.#trend, noise.level, this.rate, BLOCK)
    else ops.copy(this.#trend, this.rate, BLOCK)
  }
}

export class ResolutionWork {
  readonly #noises: readonly Noise[]
  readonly setbacks: readonly Events[]
  readonly #rates: readonly Rate[]

  constructor(arena: Arena, program: Program, values: Values, draws: Draws) {
    this.#noises = program.noises.map((noise) => new Noise(arena, noise, draws))
    this.setbacks = program.setbacks.map((events) => new Events(arena, events, draws.scores))
    this.#rates = program.rates.map((rate) => new Rate(arena, rate, values))
  }

  begin(): void {
    for (const rate of this.#rates) rate.begin()
  }

  month(m: number): void {
    for (const noise of this.#noises) noise.month(m)
    for (const events of this.setbacks) events.begin(m)
    for (const rate of this.#rates) {
      const { noise, setbacks } = rate.program
      rate.month(
        m,
        noise === undefined ? undefined : this.#noises[noise],
        setbacks === undefined ? undefined : this.setbacks[setbacks],
      )
    }
  }

  /** This month's rate. */
  rate(k: number): Pointer {
    return this.#rates[k].rate
  }
}
