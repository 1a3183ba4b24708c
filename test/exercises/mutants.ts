/**
 * `npm run mutants`, or `npm run mutants -- Slider Menu`: empties each method of the page's classes in turn, and prints
 * those whose exercise does not notice. Says also why the others were found out, with `-v`.
 */
import { definitions } from '../../lib/widgets/index.ts'
import { startChromium } from '../chromium/support.ts'
import { exercises } from './index.ts'
import { exercisePage } from './runner/bundle.ts'
import { Room } from './runner/room.ts'
import { methodTasks, spread } from './runner/tasks.ts'

const ends: Array<() => unknown> = []
const browser = await startChromium()
const page = await exercisePage()
const rooms = await Promise.all([1, 2].map(async () => await Room.open({ teardown: end => { ends.push(end) } }, browser, page)))

const [words, names] = [process.argv.slice(2), Object.keys(exercises)]
const asked = words.filter(word => definitions.has(word) || names.includes(word))
const tasks = (asked.length === 0 ? names : asked).flatMap(methodTasks)

const results = await spread(rooms, tasks, async (room, task) => {
  const why = await room.mutant(task)
  const name = `${task.class}.${task.member}`
  if (why === null) process.stdout.write(`${name} survives\n`)
  else if (words.includes('-v')) process.stdout.write(`${name}: ${why}\n`)
  return why
})
process.stdout.write(`${results.length} methods emptied, ${results.filter(why => why === null).length} survive\n`)

await browser.close()
for (const end of ends) await end()
process.exitCode = results.includes(null) ? 1 : 0
