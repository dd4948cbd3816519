// Uniform numbers in (0, 1): each fill is a pure function of its arguments.
export { fillRandom, randomWords, rawWords } from './xoshiro'
export { fillSobol, sobolIntegers } from './sobol'
export { fillLatin } from './latin'
