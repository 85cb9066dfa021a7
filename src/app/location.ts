import { randomId } from "./random-id.ts";

/** The part of a window that is needed. */
export type AddressBar = Pick<Window, "history" | "location" | "addEventListener">;

interface PlaceState {
  readonly place: string;
}

/**
 * The places that browser back and forward step through: each is something that was opened. The address names it from
 * "#" on; what became of it by edits is kept elsewhere, under the place's name.
 */
export class Location {
  readonly #window: AddressBar;
  #place = "";
  #named = "";

  constructor(window: AddressBar) {
    this.#window = window;
  }

  /** The address from "#" on; "" where nothing follows. */
  get hash(): string {
    return this.#window.location.hash;
  }

  /** The place that the page stands at. */
  get place(): string {
    return this.#place;
  }

  /** The hash that led to what is open. A link that was refused is in the address, but led to nothing. */
  get named(): string {
    return this.#named;
  }

  /** The place that the browser stands at; undefined: a new one, by an address that was typed or pasted. */
  get browserPlace(): string | undefined {
    const state = this.#window.history.state as Partial<PlaceState> | null;
    return typeof state?.place === "string" ? state.place : undefined;
  }

  /** Something else was opened: one more step back. */
  push(hash: string): void {
    this.#stand(randomId(), hash);
    this.#window.history.pushState({ place: this.#place }, "", this.#address(hash));
  }

  /** Where the browser stands comes to be a new place, that `named` led to. */
  take(named: string): void {
    this.#stand(randomId(), named);
    this.#mark();
  }

  /** The page follows to where the browser stands. */
  follow(place: string, named: string): void {
    this.#stand(place, named);
    this.#mark();
  }

  /** Where the browser stands is still the place where the page stands. */
  stay(): void {
    this.#mark();
  }

  /** The address comes to name what is open. */
  rename(hash: string): void {
    this.#named = hash;
    this.#window.history.replaceState({ place: this.#place }, "", this.#address(hash));
  }

  /** The whole address that a hash makes. */
  link(hash: string): string {
    return new URL(this.#address(hash), this.#window.location.href).href;
  }

  /** Calls whenever the browser went somewhere else: back, forward, or to an address that was pasted. */
  onMove(move: () => void): void {
    // A pasted address is told by "hashchange" as well, which would open it twice.
    this.#window.addEventListener("popstate", () => {
      if (this.browserPlace !== this.#place) move();
    });
  }

  #stand(place: string, named: string): void {
    this.#place = place;
    this.#named = named;
  }

  #mark(): void {
    this.#window.history.replaceState({ place: this.#place }, "");
  }

  #address(hash: string): string {
    const { pathname, search } = this.#window.location;
    return `${pathname}${search}${hash}`;
  }
}
