/** What is wrong with a link; the screen has a sentence for each. */
export type LinkFault =
  | { readonly kind: "tooLarge"; readonly size: number; readonly limit: number }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "older"; readonly version: number }
  /** Letters are missing or changed: no base64url, no zlib stream, a wrong checksum. */
  | { readonly kind: "damaged" }
  | { readonly kind: "unfoldsTooFar"; readonly limit: number }
  | { readonly kind: "notJson" }
  | { readonly kind: "tooDeep"; readonly limit: number }
  | { readonly kind: "tooManyValues"; readonly limit: number }
  | { readonly kind: "tooManyNodes"; readonly limit: number }
  | { readonly kind: "forbiddenKey"; readonly key: string }
  | { readonly kind: "unknownPreset"; readonly name: string }
  | { readonly kind: "unknownParameter"; readonly names: string; readonly known: string }
  | { readonly kind: "repeatedParameter"; readonly name: string }
  | { readonly kind: "unknownHide"; readonly names: string; readonly known: string }
  | { readonly kind: "unknownRun"; readonly value: string }
  | { readonly kind: "noteTooLong"; readonly length: number; readonly limit: number }
  | { readonly kind: "unknownChange"; readonly key: string; readonly known: string }
  | { readonly kind: "malformedChange"; readonly place: string }
  | { readonly kind: "unknownNode"; readonly id: string };

/** A link that is refused. */
export class LinkError extends Error {
  readonly fault: LinkFault;

  constructor(fault: LinkFault) {
    super(JSON.stringify(fault));
    this.name = "LinkError";
    this.fault = fault;
  }
}
