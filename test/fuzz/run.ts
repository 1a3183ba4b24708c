/** `npm run fuzz`: a million frames; `npm run fuzz -- COUNT SEED` for others. */
import { fuzz } from './fuzz.ts'

const count = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31)
process.stdout.write(`fuzz: ${count} frames, seed ${seed}\n`)
const { frames, seconds, messages, taken, stale, watching, invalid, handlers, reasons, faults, heap } = await fuzz(count, seed)
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`
process.stdout.write(`frames ${frames} in ${seconds.toFixed(1)} s, ${Math.round(frames / seconds)}/s; messages ${messages}\n`)
process.stdout.write(`accepted ${taken}, stale ${stale}, of a viewer ${watching}, refused ${invalid}; handlers run ${handlers}\n`)
for (const [reason, number] of [...reasons].sort(([, a], [, b]) => b - a).slice(0, 40)) process.stdout.write(`refused ${String(number).padStart(8)}  ${JSON.stringify(reason).slice(1, 100)}\n`)
process.stdout.write(`heap ${mb(heap[0])} before, ${mb(heap[1])} after\n`)
for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`)
process.exit(faults.length > 0 || heap[1] - heap[0] > 64 * 2 ** 20 ? 1 : 0)
