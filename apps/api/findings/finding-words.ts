import { type z } from 'zod';
import { type About, standingOf } from '#libs/domain';
import { type FindingEvent, type FindingPlace, type ListedFinding } from '#libs/persistence';
import { type House } from '../dependencies';
import { utc } from '../paging/fields';
import { type gist } from './finding.schema';

const CONTEXT = 36;

/** The hit with a little of what stands around it; pairs of surrogates are not cut apart. */
function excerpt(text: string, start: number, end: number): { before: string; quote: string; after: string } {
  const before = Array.from(text.slice(0, start));
  const after = Array.from(text.slice(end));
  return {
    before: (before.length > CONTEXT ? '…' : '') + before.slice(-CONTEXT).join(''),
    quote: text.slice(start, end),
    after: after.slice(0, CONTEXT).join('') + (after.length > CONTEXT ? '…' : ''),
  };
}

/** What a finding is about, short enough for a line of a list. */
export function gistOf(about: About | null): z.input<typeof gist> | null {
  if (about === null) return null;
  switch (about.kind) {
    case 'quote':
      return { kind: 'quote', ...excerpt(about.segmentText, about.start, about.end) };
    case 'absence':
      return { kind: 'absence', items: [...about.items] };
    case 'comparison':
      return { kind: 'comparison', values: about.sides.map((side) => side.value) };
    case 'fact':
      return { kind: 'fact', name: about.name, value: about.value };
  }
}

/** A finding in the words of the interface. */
export function listed(finding: ListedFinding, house: House) {
  const { id, number, severity, verdict, score, decision, presence, rectification } = finding;
  return {
    ...{ id, number, severity, verdict, score, decision, presence, rectification },
    platform: { id: finding.platformId, name: finding.platformName, region: finding.region },
    rule: { id: finding.ruleId, title: house.titleOf(finding.ruleId), version: finding.ruleVersion },
    standing: standingOf(finding),
    firstSeenAt: utc(finding.firstSeenAt),
    lastSeenAt: utc(finding.lastSeenAt),
    revision: finding.revision,
    placeCount: finding.placeCount,
    occurrences: finding.occurrences,
    url: finding.url,
    gist: gistOf(finding.about),
  };
}

/** An `about` as answers carry it: the lists are copies, since those of the domain are read-only. */
function aboutOf(about: About) {
  switch (about.kind) {
    case 'absence':
      return { ...about, items: [...about.items], search: [...about.search] };
    case 'comparison':
      return { ...about, sides: [...about.sides] };
    default:
      return about;
  }
}

/** One place of a finding in the words of the interface. */
export function placed({ hasScreenshot, ...place }: FindingPlace) {
  return {
    ...place,
    screenshotUrl: hasScreenshot ? `/api/evidence/${place.evidenceId}/screenshot` : null,
    seenAt: utc(place.seenAt),
    about: aboutOf(place.about),
    cues: [...place.cues],
  };
}

/** One line of history in the words of the interface. */
export function remembered(event: FindingEvent) {
  return { name: event.name, by: event.by, facts: { ...event.facts }, at: utc(event.at) };
}
