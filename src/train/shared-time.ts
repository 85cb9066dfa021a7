/** Something that takes time; what passes while several do is shared among them. */
export interface Share {
  ms: number;
}

/** Charges each of several things that may be under way together with its part of the time, so that the parts add up. */
export class SharedTime {
  readonly #underWay = new Set<Share>();
  #chargedUntil = 0;

  begin(): Share {
    this.#charge();
    const share = { ms: 0 };
    this.#underWay.add(share);
    return share;
  }

  /** Gives the time that is charged to it, in milliseconds. */
  end(share: Share): number {
    this.#charge();
    this.#underWay.delete(share);
    return share.ms;
  }

  #charge(): void {
    const now = performance.now();
    for (const share of this.#underWay) share.ms += (now - this.#chargedUntil) / this.#underWay.size;
    this.#chargedUntil = now;
  }
}
