import { type RulePack } from '#classifiers/engine';
import { type RuleFacts } from '#libs/casework';

/** What filing and reports need of each rule, by its id; a legal basis is printed as instrument and clause. */
export function rulesOf(pack: RulePack): ReadonlyMap<string, RuleFacts> {
  return new Map(
    pack.rules.map((rule) => [
      rule.id,
      { severity: rule.severity, legalBasis: rule.legal.map((basis) => `${basis.instrument} ${basis.clause}`) },
    ]),
  );
}
