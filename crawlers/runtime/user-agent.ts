import { type Persona } from '#libs/domain';

/** Who we say we are, to every server. */
export interface Identity {
  readonly version: string;
  /** Where a site's owner may ask: a page or a mail address; empty when the office has set none. */
  readonly contact: string;
}

/** The name by which robots.txt may address us. */
export const ROBOTS_NAME = 'MingchaMonitor';

/** The honest user agent; a telephone is told by its usual word, nothing else is pretended. */
export function userAgentOf({ version, contact }: Identity, persona: Persona): string {
  const about = contact.replace(/[^\x20-\x7e]|[()]/g, '');
  return [`${ROBOTS_NAME}/${version}`, about === '' ? '' : `(+${about})`, persona === 'mobile' ? 'Mobile' : '']
    .filter((part) => part !== '')
    .join(' ');
}
