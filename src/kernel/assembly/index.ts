// The kernel's exports: scalar functions for the compile step, block operations for the simulation.
export * from './scalar'
