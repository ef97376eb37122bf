// Reads what somebody else sends, and no more of it than was agreed.

/**
 * Reads a stream up to a limit, counted in the bytes that arrive here: after decompression, where there is one.
 * @returns undefined if there is more; the rest is not read
 */
export async function readUpTo(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit || signal?.aborted) {
      // the sender's end of it is not waited for
      reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
