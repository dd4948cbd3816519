// The kernel's exports: scalar functions for the compile step, block operations for the simulation.
import { prepareNormal } from './normal'
import { preparePowers } from './vector'

export * from './scalar'
export * from './blocks'
export * from './random'
export { normalQuantile, normals } from './normal'

/** Fills the kernel's tables; call it once before anything else. */
export function prepare(): void {
  preparePowers()
}
/** The table of `normals`, which only block work needs. */
export function prepareDraws(): void {
  prepareNormal()
}
