import t from 'tap'
import type { Socket } from '../../lib/connection/socket.ts'
import { OPEN } from '../../lib/connection/socket.ts'
import { Throttle } from '../../lib/connection/throttle.ts'

t.test('tells since when a browser is read: from ever, not now, and again since it was let go on', async t => {
  // Throttles keep no process alive.
  const waiting = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(waiting))
  const calls: string[] = []
  const throttle = await new Promise<Throttle>(resolve => {
    const socket = { readyState: OPEN, pause: () => calls.push('pause'), resume: () => { calls.push('resume'); resolve(throttle) } }
    const throttle = new Throttle(socket as unknown as Socket, 100, 2)
    t.notOk(throttle.take(2))
    t.equal(throttle.readSince, 0)
    const before = performance.now()
    t.ok(throttle.take(3))
    t.ok(throttle.readSince >= before)
  })
  t.strictSame(calls, ['pause', 'resume'])
  const { readSince } = throttle
  await new Promise(resolve => setTimeout(resolve, 2))
  t.equal(throttle.readSince, readSince)
})
