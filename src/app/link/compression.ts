import { MAX_UNFOLDED } from "./limits.ts";
import { LinkError } from "./link-error.ts";

// zlib's format rather than bare deflate: its checksum, of four bytes, finds letters that were lost or changed.
const FORMAT = "deflate";

/** Small enough that no slice unfolds to much more than is allowed in all. */
const SLICE = 1024;

export async function compressed(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(FORMAT));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The text that was compressed. What unfolds to too much is refused before it has. */
export async function uncompressed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { readable, writable } = new DecompressionStream(FORMAT);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const feeding = feed(writable.getWriter(), bytes);
  let size = 0;
  try {
    for await (const chunk of chunksOf(readable)) {
      size += chunk.length;
      // Leaving the loop cancels the stream, so that no more is unfolded.
      if (size > MAX_UNFOLDED) throw new LinkError({ kind: "unfoldsTooFar", limit: MAX_UNFOLDED });
      chunks.push(chunk);
    }
    await feeding;
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(chunks).arrayBuffer());
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError({ kind: "damaged" });
  } finally {
    await feeding.catch(() => undefined);
  }
}

async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE) await writer.write(bytes.subarray(at, at + SLICE));
  await writer.close();
}

/** Streams are not iterable in every browser yet. */
async function* chunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
