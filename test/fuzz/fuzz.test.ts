import t from 'tap'
import { fuzz } from './fuzz.ts'

const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)

t.test(`whatever frames come, nothing crashes, memory stays flat, and each is counted as what became of it (seed ${SEED})`, { timeout: 60_000 }, async t => {
  const { frames, seconds, taken, stale, watching, invalid, handlers, reasons, faults, heap } = await fuzz(20_000, SEED)
  t.comment(`${frames} frames, ${Math.round(frames / seconds)}/s; taken ${taken}, stale ${stale}, watching ${watching}, invalid ${invalid}, ${reasons.size} reasons, ${handlers} handlers`)
  t.strictSame(faults, [])
  t.ok(frames >= 20_000)
  // Where one of these is rare, the frames are not what they should be.
  for (const [name, count] of Object.entries({ taken, stale, watching, invalid, handlers })) t.ok(count > frames / 100, `${count} ${name}`)
  t.ok(reasons.size > 10, `${reasons.size} reasons`)
  t.ok(heap[1] - heap[0] < 16 * 2 ** 20, `the heap grew by ${heap[1] - heap[0]} bytes`)
})
