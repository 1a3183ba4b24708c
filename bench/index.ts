/**
 * Benchmarks. Each prints ratios against a limit that is measured side by side in the same run, one a line as
 * `ratio NAME VALUE`: `npm run bench`, or `npm run bench -- NAME` for one.
 */
import { fanOut } from './fan-out.ts'
import { memory } from './memory.ts'
import { page } from './page.ts'
import { reconnectStorm } from './reconnect-storm.ts'
import { replay } from './replay.ts'
import { roundTrip } from './round-trip.ts'
import { stalled } from './stalled.ts'

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  'round-trip': roundTrip,
  'fan-out': fanOut,
  replay,
  memory,
  page,
  stalled,
  'reconnect-storm': reconnectStorm
}

const names = process.argv.slice(2)
for (const name of names) {
  if (benchmarks[name] !== undefined) continue
  process.stderr.write(`no benchmark ${name}; there are ${Object.keys(benchmarks).join(', ')}\n`)
  process.exit(1)
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (names.length === 0 || names.includes(name)) await run()
}
process.exit(0)
