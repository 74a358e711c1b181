import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { OriginRefusedError } from '#libs/domain';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The host of an address; null for what is none, as the `null` origin of sandboxed pages. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Says whether a request that changes something was sent by a page of this service. Browsers cannot leave out or
 * forge both headers; other clients send `Origin` themselves.
 */
export function isOwnOrigin(headers: { origin?: string; host?: string; 'sec-fetch-site'?: string }): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin === undefined) return site === 'same-origin';
  return hostOf(headers.origin) === headers.host;
}

/** Refuses changes asked for by pages of other origins; stands beside the cookie's SameSite, not instead of it. */
@Injectable()
export class OriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const site = request.get('sec-fetch-site');
    if (READS.has(request.method)) return true;
    const { origin, host } = request.headers;
    if (!isOwnOrigin({ origin, host, 'sec-fetch-site': site }))
      throw new OriginRefusedError(origin?.slice(0, 200) ?? null);
    return true;
  }
}
