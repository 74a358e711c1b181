let table: Map<string, number> | null = null;

/** Node decodes GBK but cannot encode it, so the decoder is asked once for each of its two-byte codes. */
function readTable(): Map<string, number> {
  const decoder = new TextDecoder('gbk');
  const entries = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\ufffd' && !entries.has(text)) entries.set(text, lead * 256 + trail);
    }
  return entries;
}

/** Writes a text in GBK; characters it does not have become HTML references, as browsers write them in forms. */
export function encodeGbk(text: string): Buffer {
  table ??= readTable();
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    const code = table.get(char);
    if (point < 0x80) bytes.push(point);
    else if (code !== undefined) bytes.push(code >> 8, code & 0xff);
    else bytes.push(...Buffer.from(`&#${point};`, 'latin1'));
  }
  return Buffer.from(bytes);
}
