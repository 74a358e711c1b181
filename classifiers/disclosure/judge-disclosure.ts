import { type Channel, type Cue, type DisclosureState, type EvidenceId, type Hit, type Severity } from '#libs/domain';
import { type Checklist } from './checklist';

/** What is needed of a rule whose hit is that something is not there. */
export interface DisclosureRule {
  readonly id: string;
  readonly ruleVersion: string;
  readonly status: 'draft' | 'shadow' | 'active' | 'retired';
  readonly severity: Severity;
  readonly channels: readonly Channel[];
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Checklist ids. */
  readonly items: readonly string[];
}

/** What a platform is judged by at the end of a run. */
export interface DisclosureJudgement {
  readonly states: readonly DisclosureState[];
  readonly checklist: Checklist;
  /** The rules of the pack that speak of absence; others are passed over. */
  readonly rules: readonly (DisclosureRule | { readonly detector: string })[];
  /** Every address where it was looked for, with the evidence of that look. */
  readonly search: readonly { readonly url: string; readonly evidenceId: EvidenceId }[];
  readonly asOf: string;
  readonly channel: Channel;
}

/**
 * One hit per rule of which at least one item is `absent`, with those items in the order of the checklist. `flag`, or
 * `review` for a lead (S4). What is there but empty or stale is no hit here: its state is in the report. Without a
 * search nothing is said: an absence that cannot name where it was looked for is no finding.
 */
export function judgePlatformDisclosure(given: DisclosureJudgement): Hit[] {
  const { states, checklist, rules, search, asOf, channel } = given;
  if (search.length === 0) return [];
  const absent = new Set(states.filter((it) => it.state === 'absent').map((it) => it.item));
  return rules.filter(isDisclosureRule).flatMap((rule): Hit[] => {
    if (!isInForce(rule, asOf, channel)) return [];
    const items = checklist.items.map((it) => it.id).filter((id) => rule.items.includes(id) && absent.has(id));
    if (items.length === 0) return [];
    return [
      {
        ruleId: rule.id,
        ruleVersion: rule.ruleVersion,
        verdict: rule.severity === 'S4' || rule.status === 'shadow' ? 'review' : 'flag',
        score: 0.9,
        about: { kind: 'absence', items, search },
        // One finding per rule and platform: which items lack may change from night to night.
        clause: rule.id,
        cues: items.map((id) => cueOf(id, checklist)),
      },
    ];
  });
}

function isDisclosureRule(rule: DisclosureRule | { readonly detector: string }): rule is DisclosureRule {
  return 'items' in rule;
}

function isInForce(rule: DisclosureRule, asOf: string, channel: Channel): boolean {
  if (rule.status !== 'active' && rule.status !== 'shadow') return false;
  return rule.channels.includes(channel) && rule.validFrom <= asOf && (rule.validTo === null || asOf <= rule.validTo);
}

function cueOf(id: string, checklist: Checklist): Cue {
  return { name: `absent-${id}`, weight: 1, quote: checklist.items.find((it) => it.id === id)?.name ?? null };
}
