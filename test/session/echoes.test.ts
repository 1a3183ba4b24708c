import t from 'tap'
import { Echoes } from '../../lib/session/echoes.ts'
import type { Peer } from '../../lib/session/peer.ts'
import type { Callback } from '../../lib/widgets/definition.ts'
import { Model } from '../widgets/support.ts'

const model = new Model()
const area = model.create('TextArea')
const scrolled = area.definition.callbacks.scrolled as Callback

/** A clock, two reference pages, and one of ours. */
function makeWorld (): Record<'one' | 'two' | 'ours' | 'fresh', Peer> & { world: { now: number, readonly echoes: Echoes } } {
  const world: { now: number, readonly echoes: Echoes } = { now: 10_000, echoes: new Echoes(() => world.now) }
  const page = (reportsGestures: boolean, replayedAt = 0): Peer => ({ reportsGestures, replayedAt }) as Peer
  return { world, one: page(false), two: page(false), ours: page(true), fresh: page(false, 9_900) }
}

t.test('a page that was told where to be has nothing new to say, near there, for half a second', async t => {
  const { world, one, two, ours } = makeWorld()
  model.call(area, 'set_scroll_position', 0, 0.5)
  world.echoes.note(area, ['scroll_position'], [one, two, ours], { except: two })
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0.5]), 'echo')
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0.503]), 'astray', 'put right once')
  world.echoes.note(area, ['scroll_position'], [one], { only: one })
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0.503]), 'echo', 'and then let be')
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0.9]), 'news', 'far from there it is somebody\'s doing')
  t.equal(world.echoes.judge(two, area, scrolled, [0, 0.503]), 'news', 'so is what comes from whom nobody told')
  t.equal(world.echoes.judge(ours, area, scrolled, [0, 0.503]), 'news', 'and from a page that reports nothing else')
  world.now += 600
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0.503]), 'news')
})

t.test('a page whose content was changed may be anywhere', async t => {
  const { world, one } = makeWorld()
  world.echoes.note(area, ['text'], [one], null)
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0]), 'echo')
  world.now += 600
  t.equal(world.echoes.judge(one, area, scrolled, [0, 0]), 'news')
})

t.test('a page that was just built reports where it begins, before it is laid out', async t => {
  const { world, fresh } = makeWorld()
  t.equal(world.echoes.judge(fresh, area, scrolled, [0, 0]), 'echo')
  t.equal(world.echoes.judge(fresh, area, scrolled, [0, 0.51]), 'echo')
  t.equal(world.echoes.judge(fresh, area, scrolled, [0, 0.7]), 'news')
})
