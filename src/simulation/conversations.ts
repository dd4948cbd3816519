// Conversations of each month: level, growth, noise, spikes; and the share that the AI takes part in.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import { exp, log1p } from '../kernel/math.ts'
import type { VolumeProgram } from '../program/program.ts'
import type { Values } from './columns.ts'
import type { Draws } from './draws.ts'
import { Events } from './events.ts'

export class ConversationsWork {
  readonly #arena: Arena
  readonly #program: VolumeProgram
  readonly #values: Values
  readonly #scores: readonly Pointer[]
  readonly #noise: Pointer
  readonly #growth: Pointer
  readonly #power: Pointer
  readonly #spikes: Events | undefined
  readonly #growthInput: Pointer | undefined
  readonly volume: Pointer
  readonly involved: Pointer

  constructor(arena: Arena, program: VolumeProgram, values: Values, draws: Draws) {
    this.#arena = arena
    this.#program = program
    this.#values = values
    this.#scores = program.noise ? program.noise.dimensions.map((d) => draws.scores[d]) : []
    this.#growthInput = program.growth && draws.inputs[program.growth.input]
    this.#spikes = program.spikes && new Events(arena, program.spikes, draws.scores)
    this.#noise = arena.column()
    this.#growth = arena.column()
    this.#power = arena.column()
    this.volume = arena.column()
    this.involved = arena.column()
  }

  /** Spike factors by the month in which they start, for those who look at what was sampled. */
  get spikes(): readonly Pointer[] {
    return this.#spikes?.starts ?? []
  }

  begin(): void {
    const { ops } = this.#arena.kernel
    ops.fill(this.#noise, BLOCK, 0)
    if (this.#growthInput === undefined) return
    const drawn = this.#arena.view(this.#growthInput)
    const factor = this.#arena.view(this.#growth)
    const yearly = this.#program.growth?.yearly === true
    for (let i = 0; i < BLOCK; i++) factor[i] = yearly ? exp(log1p(drawn[i]) / 12) : 1 + drawn[i]
    ops.fill(this.#power, BLOCK, 1)
  }

  month(m: number): void {
    const { ops } = this.#arena.kernel
    const { levels, noise, base, involvement } = this.#program
    const constant = typeof base === 'number' ? base : 1
    if (noise) {
      const first = m === 0
      ops.autoregress(
        this.#scores[m],
        this.#noise,
        BLOCK,
        first ? 0 : noise.phi,
        noise.sd * (first ? 1 : Math.sqrt(1 - noise.phi * noise.phi)),
      )
      ops.lognormalNoise(this.#noise, this.volume, BLOCK, levels[m] * constant, (noise.sd * noise.sd) / 2)
    } else ops.fill(this.volume, BLOCK, levels[m] * constant)
    if (base !== undefined && typeof base !== 'number') this.#values.times(base, this.volume, this.volume)
    if (this.#growthInput !== undefined) {
      ops.multiply(this.#power, this.volume, this.volume, BLOCK)
      ops.multiply(this.#growth, this.#power, this.#power, BLOCK)
    }
    if (this.#spikes) {
      this.#spikes.begin(m)
      for (let s = Math.max(0, m - this.#spikes.months + 1); s <= m; s++)
        ops.multiply(this.#spikes.starts[s], this.volume, this.volume, BLOCK)
    }
    this.#values.times(involvement[m], this.volume, this.involved)
  }
}
