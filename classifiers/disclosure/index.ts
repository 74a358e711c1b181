/** What a platform must show: finding it, settling its state over a whole run, and judging what is not there. */
export { loadChecklist, type Checklist, type ChecklistItem } from './checklist';
export { findSightings } from './find-sightings';
export { judgePlatformDisclosure, type DisclosureJudgement, type DisclosureRule } from './judge-disclosure';
export { placesOf, type PlacePage } from './places';
export { requiredMonthEnd, requiredReportYear } from './month-end';
export { settleDisclosure, type DisclosureFacts, type PlacedSighting } from './settle';
