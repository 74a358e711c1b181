import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** First 16 hex digits of SHA-256 over the canonical JSON of some plain data. — RFC 8785; FIPS 180-4 */
export function shortDigest(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? 'null')
    .digest('hex')
    .slice(0, 16);
}
