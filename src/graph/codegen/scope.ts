/** WGSL statements of one block, naming each distinct expression once. Inner scopes see the names of outer ones. */
export class Scope {
  readonly lines: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly outer: Scope | undefined;
  private readonly counter: { next: number };

  constructor(outer?: Scope) {
    this.outer = outer;
    this.counter = outer === undefined ? { next: 0 } : outer.counter;
  }

  /** A name for an expression: the one it already has in this scope or further out, or a new `let`. */
  bind(type: string, expression: string): string {
    if (/^(\w+|-?[\d.]+(e[+-]?\d+)?[uif]?)$/.test(expression)) return expression;
    const key = `${type} ${expression}`;
    const known = this.find(key);
    if (known !== undefined) return known;
    const name = `v${this.counter.next++}`;
    this.lines.push(`let ${name}: ${type} = ${expression};`);
    this.names.set(key, name);
    return name;
  }

  /** Remembers that something (a tensor at a position) has a name in this scope. */
  remember(key: string, name: string): void {
    this.names.set(key, name);
  }

  find(key: string): string | undefined {
    return this.names.get(key) ?? this.outer?.find(key);
  }

  /** The statements, indented. */
  text(indent = "  "): string {
    return this.lines.map((line) => `${indent}${line.replaceAll("\n", `\n${indent}`)}\n`).join("");
  }
}
