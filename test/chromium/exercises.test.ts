/**
 * Every member of every class, used before a real page: a method that does nothing there, and an action that is not
 * reported, turn up by name.
 */
import { availableParallelism } from 'node:os'
import t from 'tap'
import { definitions } from '../../lib/widgets/index.ts'
import { exercises } from '../exercises/index.ts'
import { exercisePage } from '../exercises/runner/bundle.ts'
import { faults } from '../exercises/runner/members.ts'
import { Room } from '../exercises/runner/room.ts'
import { callbackTasks, inTurn, methodTasks, spread } from '../exercises/runner/tasks.ts'
import { launch } from './support.ts'

/** Every so manieth method is emptied, to prove that its exercise would fail. */
const MUTANTS = 25

const browser = await launch(t)

if (browser !== null) {
  const page = await exercisePage()
  const rooms = await Promise.all(Array.from({ length: Math.min(3, availableParallelism()) }, async () => await Room.open(t, browser, page)))
  const names = Object.keys(exercises)

  await t.test('every member has an exercise', async t => {
    t.strictSame(faults(await rooms[0]!.ownMethods([...definitions.keys()])), [], 'what has none')
  })

  await t.test('every method makes a difference or answers rightly, and every action is reported', async t => {
    const wrong = await spread(rooms, names, async (room, name) => {
      const methods = methodTasks(name)
      const sample = methods.find(({ exercise }) => !('answers' in exercise))
      return [
        ...sample === undefined ? [] : [[`the scene before ${sample.member}`, await room.steady(sample)]],
        ...await inTurn(methods, async task => [task.member, await room.method(task)]),
        ...await inTurn(callbackTasks(name), async task => [task.member, await room.callback(task)])
      ].filter(([, wrong]) => wrong !== null)
    })
    for (const [i, name] of names.entries()) t.strictSame(wrong[i], [], name)
  })

  await t.test('a method that does nothing turns its exercise red', async t => {
    const sample = names.flatMap(methodTasks).filter((_, i) => i % MUTANTS === 0)
    const found = await spread(rooms, sample, async (room, task) => await room.mutant(task))
    t.strictSame(sample.filter((_, i) => found[i] === null).map(({ class: name, member }) => `${name}.${member}`), [], `of ${sample.length}`)
  })
}
