/** Ids of late, so that a repetition is known. It is forgotten with the process: what must never be done twice needs a table. */
export class Seen {
  readonly #ids = new Set<string>();

  constructor(readonly most: number) {}

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    // A set keeps the order in which its members came.
    const [oldest] = this.#ids;
    if (this.#ids.size > this.most && oldest !== undefined) this.#ids.delete(oldest);
  }
}
