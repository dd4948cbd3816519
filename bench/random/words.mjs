// Writes the kernel's random words without end, as raw little-endian bytes on standard output, for batteries of statistical tests.
// Build first (npm run build, node bench/modules.mjs). Modes:
//
//   node bench/random/words.mjs single            one stream
//   node bench/random/words.mjs interleaved 4     4 words (or 1024, any multiple of 4) of each block, from a thousand names in turn
//   node bench/random/words.mjs doubles           the leading 32 bits of the numbers in (0, 1), as the simulation uses them
//   … rev                                         a last word `rev` reverses the bits of every 32
//
// Examples (dieharder is a package of most Linux distributions; TestU01 needs a small program that reads 32-bit words
// from standard input and calls bbattery_SmallCrush, bbattery_Crush or bbattery_BigCrush; its license is not a free one):
//
//   node bench/random/words.mjs single | dieharder -g 200 -a -k 2 -Y 1
//   node bench/random/words.mjs interleaved 4 | dieharder -g 200 -d 204
//   node bench/random/words.mjs interleaved 1024 rev | ./testu01-stdin small
import { Arena } from '../../.cache/modules/numerics/kernel/arena.js'
import { seedKey, streamKey } from '../../.cache/modules/numerics/random/seed.js'

const WORDS = 1 << 16
const [mode = 'single', ...rest] = process.argv.slice(2)
const take = mode === 'interleaved' ? Number(rest.find((word) => word !== 'rev') ?? 4) : 1024
if (!['single', 'interleaved', 'doubles'].includes(mode) || !(take >= 4 && take <= WORDS && WORDS % take === 0 && take % 4 === 0)) {
  process.stderr.write('usage: words.mjs single | interleaved WORDS | doubles [rev]   (WORDS: 4, 8, 16 … 65536)\n')
  process.exit(2)
}

const arena = new Arena()
const { ops, memory } = arena.kernel
const out = arena.column(WORDS)
const key = seedKey('battery')
const names = Array.from({ length: mode === 'interleaved' ? 1000 : 1 }, (_, i) => streamKey(key, `d[${i}]`))
let turn = 0

/** The next 65,536 words. `single` and `doubles` go through the blocks of one name, each to its end. */
function next() {
  const fill = mode === 'doubles' ? ops.fillRandom : ops.randomWords
  for (let at = 0; at < WORDS; at += take, turn++) {
    const block = Math.floor(turn / names.length)
    fill(out + 8 * at, take, ...names[turn % names.length], 0, block % 2 ** 32, Math.floor(block / 2 ** 32))
  }
  const words = mode === 'doubles' ? leading(arena.view(out, WORDS)) : new Uint32Array(memory.buffer, out, 2 * WORDS).slice()
  if (rest.includes('rev')) for (let i = 0; i < words.length; i++) words[i] = reversed(words[i])
  return new Uint8Array(words.buffer)
}

function leading(numbers) {
  const words = new Uint32Array(numbers.length)
  for (let i = 0; i < words.length; i++) words[i] = Math.floor(numbers[i] * 4_294_967_296)
  return words
}

function reversed(x) {
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1)
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2)
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4)
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8)
  return (x >>> 16) | (x << 16)
}

function pump() {
  while (process.stdout.write(next()));
}
process.stdout.on('drain', pump)
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1)) // the battery has read enough
pump()
