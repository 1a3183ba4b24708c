import { exercises } from '../index.ts'
import type { CallbackExercise, ClassExercises, MethodExercise } from '../exercise.ts'
import type { Task } from './room.ts'

/** The exercises of a class's methods. */
export function methodTasks (name: string): Array<Task<MethodExercise>> {
  const table = exercises[name] as ClassExercises
  return Object.entries(table.methods).map(([member, exercise]) => ({ class: name, exercises: table, member, exercise }))
}

/** The exercises of a class's actions. */
export function callbackTasks (name: string): Array<Task<CallbackExercise>> {
  const table = exercises[name] as ClassExercises
  return Object.entries(table.callbacks).map(([member, exercise]) => ({ class: name, exercises: table, member, exercise }))
}

/** Does work in several places at a time, each taking the next item when it is free. Results are in the order of the items. */
export async function spread<Place, Item, Result> (places: readonly Place[], items: readonly Item[], work: (place: Place, item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  const left = [...items.entries()]
  await Promise.all(places.map(async place => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await work(place, next[1])
  }))
  return results
}

/** Does work on one item after the other. */
export async function inTurn<Item, Result> (items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}
