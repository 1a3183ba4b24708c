/** Widgets of which at most one is on. Whoever goes on releases the others, in silence. */
export class ExclusiveGroup<Member extends { readonly on: boolean, release (): void }> {
  readonly #members = new Set<Member>()

  add (member: Member): void { this.#members.add(member) }

  remove (member: Member): void { this.#members.delete(member) }

  /** Releases all that are on, but for `member`. */
  releaseOthers (member: Member): void {
    for (const other of this.#members) if (other !== member && other.on) other.release()
  }
}
