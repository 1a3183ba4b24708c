/**
 * `npm run monkey`: two people try everything in an example, as a seed has it; then pages, server and a newcomer must
 * agree. `npm run monkey -- --example windows --seed 7 --steps 500 --size 390x844` for another one.
 */
import { parseArgs } from 'node:util'
import { gallery } from '../../examples/gallery.ts'
import { windows } from '../../examples/windows.ts'
import { startChromium } from '../chromium/support.ts'
import { act } from './acts.ts'
import { House } from './house.ts'
import { Dice } from '../support/dice.ts'

const { values: { example, seed, steps, size } } = parseArgs({
  options: {
    example: { type: 'string', default: 'gallery' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    steps: { type: 'string', default: '300' },
    size: { type: 'string', default: '1280x800' }
  }
})
const build = { gallery, windows }[example]
const [width = NaN, height = NaN] = size.split('x').map(Number)
if (build === undefined || Number.isNaN(width + height)) throw new Error('--example is gallery or windows, --size like 1280x800')

/** Steps between comparisons. */
const STRETCH = 15

process.stdout.write(`monkey: --example ${example} --seed ${seed} --steps ${steps} --size ${size}\n`)
const dice = new Dice(Number(seed))
const browser = await startChromium()
const house = await House.open(browser, { width, height }, build)
const trail: string[] = []
let failed = false
try {
  for (let step = 1; step <= Number(steps) && !house.over; step++) {
    const who = dice.next() < 0.7 ? 0 : 1
    const page = house.people[who]
    if (page === undefined) break
    trail.push(`${who === 0 ? 'first' : 'second'}: ${await house.after(`what follows ${trail.at(-1) ?? 'the start'}`, act(page, dice))}`)
    if (step % STRETCH === 0) await house.agree()
  }
  await house.agree()
  process.stdout.write(`${trail.length} things done, and all agree\n`)
} catch (error) {
  failed = true
  process.stdout.write(`${String(error)}\nafter\n  ${trail.slice(-20).join('\n  ')}\n`)
}
await house.close()
await browser.close()
process.exit(failed ? 1 : 0)
