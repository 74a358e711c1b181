import { type Channel, type DisclosureState, type EvidenceId, type Hit, type Severity } from '#libs/domain';
import { type Checklist, type ChecklistItem } from './checklist';

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
 * Per rule at most two hits: `flag` with its items that are `absent` (`review` for a lead, S4), and `review` with those
 * that must have a value and show a placeholder. Items in the order of the checklist. What is stale or not checkable is
 * no hit here: its state is in the report. Without a search nothing is said: an absence that cannot name where it was
 * looked for is no finding.
 */
export function judgePlatformDisclosure(given: DisclosureJudgement): Hit[] {
  const { rules, search, asOf, channel } = given;
  if (search.length === 0) return [];
  return rules
    .filter(isDisclosureRule)
    .filter((rule) => isInForce(rule, asOf, channel))
    .flatMap((rule) => {
      const isLead = rule.severity === 'S4' || rule.status === 'shadow';
      const absent = itemsOf(given, rule, 'absent');
      const empty = itemsOf(given, rule, 'present-empty').filter((item) => item.empty !== 'zero');
      return [
        // One finding per rule and platform: which items lack may change from night to night.
        ...hitOf(given, rule, { items: absent, verdict: isLead ? 'review' : 'flag', clause: rule.id }),
        ...hitOf(given, rule, { items: empty, verdict: 'review', clause: `${rule.id} placeholder` }),
      ];
    });
}

function itemsOf({ states, checklist }: DisclosureJudgement, rule: DisclosureRule, state: string): ChecklistItem[] {
  const found = new Set(states.filter((it) => it.state === state).map((it) => it.item));
  return checklist.items.filter(({ id }) => rule.items.includes(id) && found.has(id));
}

interface Finding {
  readonly items: readonly ChecklistItem[];
  readonly verdict: 'flag' | 'review';
  readonly clause: string;
}

function hitOf({ search }: DisclosureJudgement, rule: DisclosureRule, { items, verdict, clause }: Finding): Hit[] {
  if (items.length === 0) return [];
  const score = verdict === 'flag' ? 0.9 : 0.5;
  const about = { kind: 'absence', items: items.map(({ id }) => id), search } as const;
  const name = clause === rule.id ? 'absent' : 'placeholder';
  const cues = items.map((item) => ({ name, weight: 1, quote: `${item.id} ${item.name}` }));
  return [{ ruleId: rule.id, ruleVersion: rule.ruleVersion, verdict, score, about, clause, cues }];
}

function isDisclosureRule(rule: DisclosureRule | { readonly detector: string }): rule is DisclosureRule {
  return 'items' in rule;
}

function isInForce(rule: DisclosureRule, asOf: string, channel: Channel): boolean {
  if (rule.status !== 'active' && rule.status !== 'shadow') return false;
  return rule.channels.includes(channel) && rule.validFrom <= asOf && (rule.validTo === null || asOf <= rule.validTo);
}
