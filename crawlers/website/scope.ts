import { getDomain } from 'tldts';

/**
 * What belongs to a target: every host of the registered domain of its start address, on any port. Hosts without one
 * (addresses by number, `localhost`) are themselves alone, port included. Names under a public suffix that companies
 * let out (`a.github.io`) are strangers to each other.
 *
 * @throws {TypeError} when the start address is no absolute address.
 */
export function scopeOf(startUrl: string): (url: string) => boolean {
  const start = new URL(startUrl);
  const domainOf = (url: URL): string | null => getDomain(url.hostname, { allowPrivateDomains: true });
  const domain = domainOf(start);
  return (address) => {
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
    return domain === null ? url.host === start.host : domainOf(url) === domain;
  };
}
