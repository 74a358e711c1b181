import { type CapturePart, type Visit } from '#libs/domain';
import { type ConnectionFacts } from '#libs/netguard';

/** How a page came to be seen, beside what was seen: sealed with it as the part `pageinfo`. */
export interface PageInfo {
  readonly visit: Visit;
  readonly userAgent: string;
  readonly finishedAt: Date;
  readonly pacePerSecond: number | null;
  /** The line of robots.txt that allowed the last address, or why there was none. */
  readonly robotsRule: string;
  readonly connection: ConnectionFacts | null;
  readonly incomplete: readonly string[];
}

/** Writes the part `pageinfo`, as JSON. The clock is this machine's and says so: nothing has compared it here. */
export function pageInfoPart(info: PageInfo): CapturePart {
  const { visit } = info;
  const content = {
    format: 'pageinfo/1',
    requestedUrl: visit.requestedUrl,
    finalUrl: visit.finalUrl,
    redirects: visit.redirects,
    httpStatus: visit.httpStatus,
    outcome: visit.outcome,
    detail: visit.detail,
    isRendered: visit.isRendered,
    userAgent: info.userAgent,
    persona: visit.persona,
    accessMode: 'public',
    startedAt: visit.startedAt.toISOString(),
    finishedAt: info.finishedAt.toISOString(),
    clock: { source: 'system', isVerified: false },
    pacePerSecond: info.pacePerSecond,
    robots: info.robotsRule,
    connection: info.connection,
    incomplete: info.incomplete,
  };
  return {
    name: 'pageinfo',
    kind: 'resource',
    mediaType: 'application/json',
    bytes: new TextEncoder().encode(`${JSON.stringify(content, null, 1)}\n`),
  };
}
