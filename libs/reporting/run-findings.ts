import { type About, type Cue, type TaskId } from '#libs/domain';
import { type Queryable } from '#libs/persistence';
import { type TargetReport } from './run-report.schema';

type ReportedFinding = TargetReport['findings'][number];

interface FindingRow {
  id: string;
  number: string;
  rule_id: string;
  severity: ReportedFinding['severity'];
  verdict: ReportedFinding['verdict'];
  decision: string;
  legal_basis: string[];
  score: number;
  about: About;
  cues: Cue[];
  hit_id: string;
  evidence_id: string;
  url: string;
  occurrences: number;
}

/**
 * Findings that a task saw, gravest first, then flags before reviews, then by number. Each is told by its strongest
 * place; `occurrences` counts over all places seen in this task.
 */
export async function findingsOf(db: Queryable, taskId: TaskId): Promise<ReportedFinding[]> {
  const { rows } = await db.query<FindingRow>(
    `select * from (
       select f.id, f.number, f.rule_id, f.severity, h.verdict, f.decision, f.legal_basis, h.score, h.about, h.cues,
              h.id as hit_id, x.evidence_id, p.url, sum(x.occurrences) over (partition by f.id)::int as occurrences,
              row_number() over (partition by f.id order by (h.verdict = 'flag') desc, h.score desc, p.url) as place
         from finding_place x join finding f on f.id = x.finding_id join hit h on h.id = x.hit_id join page p on p.id = x.page_id
        where x.task_id = $1) as places
      where place = 1 order by severity, verdict, number`,
    [taskId],
  );
  return rows.map(toReported);
}

const NO_QUOTE = {
  quote: null,
  start: null,
  end: null,
  segment: null,
  source: null,
  pageKind: null,
  region: null,
  box: null,
};

function toReported(row: FindingRow): ReportedFinding {
  return {
    id: row.id,
    number: row.number,
    ruleId: row.rule_id,
    severity: row.severity,
    verdict: row.verdict,
    url: row.url,
    ...aboutOf(row),
    score: row.score,
    legalBasis: row.legal_basis,
    evidenceId: row.evidence_id,
    occurrences: row.occurrences,
    decision: row.decision,
    cues: row.cues,
  };
}

function aboutOf({ about, hit_id: searchId }: FindingRow) {
  const nothing = { ...NO_QUOTE, absence: null, comparison: null };
  switch (about.kind) {
    case 'quote': {
      const { quote, start, end, path, segmentText, source, pageKind, region, box } = about;
      return { ...nothing, quote, start, end, segment: { path, text: segmentText }, source, pageKind, region, box };
    }
    case 'absence':
      return { ...nothing, absence: { items: [...about.items], searchId } };
    case 'comparison':
      return { ...nothing, comparison: { sides: about.sides.map((side) => ({ ...side })) } };
    case 'fact':
      return nothing;
  }
}
