import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ratio } from './measure.ts'
import { build } from './replay.ts'
import { serve } from './server.ts'

const SESSIONS = 300
const WIDGETS = 100

/** What an idle session of 100 widgets holds, against the bare messages that would build it, parsed. */
export async function memory (): Promise<void> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const heap = (): number => { gc(); gc(); return process.memoryUsage().heapUsed }
  const { app } = await serve(() => {}, () => {})
  const [first] = Array.from({ length: 5 }, () => { const session = app.pgwidgets.createSession(); build(session, WIDGETS); return session })
  const text = JSON.stringify(first?.snapshot())
  const before = heap()
  const sessions = Array.from({ length: SESSIONS }, () => { const session = app.pgwidgets.createSession(); build(session, WIDGETS); return session })
  const between = heap()
  const plain = Array.from({ length: SESSIONS }, () => JSON.parse(text) as unknown)
  const after = heap()
  const ours = (between - before) / SESSIONS
  const bare = (after - between) / SESSIONS
  ratio('memory', ours / bare, `${Math.round(ours / 1024)} KiB per idle session of ${WIDGETS} widgets; its snapshot parsed ${Math.round(bare / 1024)} KiB (${sessions.length + plain.length} held)`)
  await app.close()
}
