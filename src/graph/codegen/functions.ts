const files = import.meta.glob<string>("../../../shaders/functions/*.wgsl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** WGSL text of each shared function, by name. */
const library = new Map<string, string>();
for (const text of Object.values(files)) {
  for (const name of functionNames(text)) library.set(name, functionText(text, name) as string);
}

/** The shared functions that a shader reaches, each once. */
export function linkFunctions(code: string): string {
  const reached = new Map<string, string>();
  const pending = [code];
  for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
    for (const [name] of text.matchAll(/\b[a-z_]\w*(?=\()/g)) {
      const body = library.get(name);
      if (body === undefined || reached.has(name) || definesFunction(code, name)) continue;
      reached.set(name, body);
      pending.push(body);
    }
  }
  const names = [...reached.keys()].sort();
  return names.map((name) => `${reached.get(name)}\n`).join("\n");
}

export function definesFunction(code: string, name: string): boolean {
  return new RegExp(`\\bfn\\s+${name}\\s*\\(`).test(code);
}

/** A function's definition, from `fn` to its closing brace; undefined where there is none of that name. */
export function functionText(code: string, name: string): string | undefined {
  const start = code.search(new RegExp(`\\bfn\\s+${name}\\s*\\(`));
  if (start < 0) return undefined;
  let depth = 0;
  for (let at = code.indexOf("{", start); at < code.length; at++) {
    if (code[at] === "{") depth++;
    if (code[at] === "}" && --depth === 0) return code.slice(start, at + 1);
  }
  return undefined;
}

function functionNames(code: string): string[] {
  return [...code.matchAll(/\bfn\s+(\w+)\s*\(/g)].map((match) => match[1] as string);
}
