/** The exercises through the server's API, before browsers of the test kit. */
import { isDeepStrictEqual } from 'node:util'
import type { AnyWidget, Session } from '../../../lib/index.ts'
import { isQuery, queryName } from '../../../lib/session/widget.ts'
import type { ClassName, TestBrowser, WidgetHandle } from '../../../lib/testing/index.ts'
import type { Method, Param, WidgetDefinition } from '../../../lib/widgets/definition.ts'
import { definitions } from '../../../lib/widgets/index.ts'
import type { CallbackExercise, MethodExercise } from '../exercise.ts'
import { Cast, call, listen, references } from './cast.ts'
import type { Callable } from './cast.ts'
import { build, definitionOf } from './places.ts'
import type { Task } from './room.ts'

/** What a page of the dialect `reference` answers in a way of its own. */
const PECULIAR: ReadonlySet<string> = new Set([
  // It says so of windows whether they are hidden or not.
  'is_visible'
])

export class Rehearsal {
  readonly #session: Session
  readonly #browsers: readonly [TestBrowser, TestBrowser]

  constructor (session: Session, browsers: readonly [TestBrowser, TestBrowser]) {
    this.#session = session
    this.#browsers = browsers
  }

  /** Calls methods, each of a widget of its own. Returns what is wrong. */
  async methods (tasks: ReadonlyArray<Task<MethodExercise>>): Promise<string[]> {
    const wrong: string[] = []
    const called: Array<{ cast: Cast, task: Task<MethodExercise>, method: Method, value: unknown }> = []
    for (const task of tasks) {
      const { member, exercise } = task
      const definition = definitionOf(task.class, task.exercises)
      const method = definition.methods[member] as Method
      if (method.pageOnly === true || !this.#knows(task)) continue
      try {
        const cast = this.#build(task)
        const args = cast.args(method.params, exercise.args)
        if (method.effect.kind === 'query') {
          const { answers } = exercise
          if (typeof answers !== 'function') for (const browser of this.#browsers) browser.answer(member, () => cast.wire(answers))
          const value = await (cast.subject as unknown as { query: Callable }).query[queryName(member)]?.(...args)
          if (typeof answers !== 'function') called.push({ cast, task, method, value })
        } else {
          called.push({ cast, task, method, value: call(cast.subject, member, args) })
        }
      } catch (error) {
        wrong.push(`${member} ${(error as Error).message}`)
      }
    }
    await this.#rest()
    for (const { cast, task: { member, exercise }, method, value } of called) {
      if (!('answers' in exercise)) continue
      const answer = references(value)
      const expected = cast.wire(exercise.answers)
      // What browsers answer in a form of their own is compared there.
      if (typeof expected !== 'function' && method.unasked !== true && !isDeepStrictEqual(answer, expected)) wrong.push(`${member} answers ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`)
      if (typeof expected === 'function' || method.effect.kind !== 'get' || !isQuery(definitions.get(cast.subject.constructor.name) as WidgetDefinition, member)) continue
      if (this.#browsers[0].dialect === 'reference' && PECULIAR.has(member)) continue
      for (const browser of this.#browsers) {
        const theirs = references(this.#handle(browser, cast.subject).ask(member, ...exercise.args.map(arg => cast.wire(arg))))
        if (!isDeepStrictEqual(theirs, answer)) wrong.push(`${member}: a browser answers ${JSON.stringify(theirs)}, the server ${JSON.stringify(answer)}`)
      }
    }
    return wrong
  }

  /** Has the first browser report actions, each of a widget of its own. Returns what is wrong. */
  async callbacks (tasks: ReadonlyArray<Task<CallbackExercise>>): Promise<string[]> {
    const wrong: string[] = []
    for (const task of tasks) {
      const { member, exercise } = task
      const { callbacks, remote } = definitionOf(task.class, task.exercises)
      if (!remote || !this.#knows(task)) continue
      const sample = typeof exercise.args === 'function' ? exercise.sample : exercise.args
      if (sample === undefined) {
        wrong.push(`${member} has a function for its arguments, and no sample`)
        continue
      }
      try {
        const cast = this.#build(task)
        const heard: unknown[][] = []
        listen(cast.subject, member, (...args) => { heard.push(args) })
        await this.#rest()
        await this.#handle(this.#browsers[0], cast.subject).fire(member, ...sample.map(arg => cast.wire(arg)))
        const { params } = callbacks[member] as { params: readonly Param[] }
        const expected = params.map((param, i) => i < sample.length ? cast.wire(sample[i]) : param.default)
        // Of its size a page speaks by itself as well.
        const args = heard.find(args => isDeepStrictEqual(references(args.slice(0, -1)), expected))
        const context = args?.at(-1) as { widget: unknown, session: unknown } | undefined
        if (args === undefined) wrong.push(`${member} hands over ${JSON.stringify(references(heard.map(args => args.slice(0, -1))))}, not ${JSON.stringify(expected)}`)
        else if (context?.widget !== cast.subject || context.session !== this.#session) wrong.push(`${member} hands over no context`)
      } catch (error) {
        wrong.push(`${member} ${(error as Error).message}`)
      }
    }
    await this.#rest()
    return wrong
  }

  async #rest (): Promise<void> {
    await this.#session.settled()
    for (const browser of this.#browsers) await browser.idle()
  }

  /** Whether the browsers' dialect has all that the exercise needs. */
  #knows ({ member, exercises, exercise, class: name }: Task): boolean {
    if (this.#browsers[0].dialect === 'ours') return true
    const { methods, callbacks, wrapper } = definitionOf(name, exercises)
    // A reference page knows wrappers by ids of its own; and what trails the calls before it is taken for their echo.
    return !wrapper && callbacks[member]?.extension !== true && callbacks[member]?.trails !== true &&
      [member, ...[...exercises.before ?? [], ...exercise.before ?? []].map(([method]) => method)].every(method => methods[method]?.extension !== true)
  }

  #build ({ class: name, exercises, exercise }: Task): Cast {
    return new Cast(this.#session, build(name, exercises, exercise))
  }

  /** What a widget is to a browser. */
  #handle (browser: TestBrowser, { constructor: { name }, wid }: AnyWidget): WidgetHandle {
    return browser.get(name as ClassName, { wid })
  }
}
