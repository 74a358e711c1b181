import { type House, runFinished, type RunProgress } from '#apps/wiring';
import { type RunId, type RunOrders, type Target, type Trigger } from '#libs/domain';
import { buildRunReport, type RunReport } from '#libs/reporting';
import { type Terminal } from './output';
import { type ReportOptions, showReport } from './report-text';

/** A run to be made now, by this process or by workers. */
export interface RunRequest {
  readonly targets: readonly Pick<Target, 'id' | 'url'>[];
  readonly trigger: Trigger;
  readonly orders: RunOrders;
  /** Only ring; worker processes do the work. */
  readonly handOver: boolean;
}

/** Makes a run, waits for its end, prints its report; gives the exit code by what was seen and found. */
export async function runAndReport(
  house: House,
  request: RunRequest,
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const { targets, trigger, orders } = request;
  const runId = await house.startRun({ targets, trigger, orders });
  if (!request.handOver) await house.work();
  await runFinished(house, runId, progressTeller(terminal));
  return reportRun(house, runId, options, terminal);
}

/** Prints the report of a run that is in the store. */
export async function reportRun(
  house: House,
  runId: RunId,
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const report = await buildRunReport(house.store.pool, runId, await house.evidence.state());
  showReport(report, options, terminal);
  return exitCodeOf(report, options);
}

/** 0 when a page was seen, 5 when all targets were refused, 6 when none answered; 10 for a flag when asked for. */
export function exitCodeOf(report: RunReport, options: Pick<ReportOptions, 'failOn'>): number {
  const visits = report.targets.flatMap((target) => target.visits);
  const isSeen = report.targets.some((target) => target.coverage.pagesSeen > 0);
  if (!isSeen) {
    const refused = visits.length > 0 && visits.every((visit) => visit.outcome.startsWith('refused-'));
    return refused ? 5 : 6;
  }
  const findings = report.targets.flatMap((target) => target.findings);
  return options.failOn === 'flag' && findings.some((finding) => finding.verdict === 'flag') ? 10 : 0;
}

/** Draws one line of progress over itself on a terminal; nothing where nobody sits. */
function progressTeller(terminal: Terminal): (progress: RunProgress) => void {
  if (!terminal.isInteractive) return () => undefined;
  return ({ tasks, ended, pagesSeen, pagesWaiting }) => {
    const end = ended === tasks ? '\n' : '';
    terminal.err(`\r\u001b[K对象 ${ended}/${tasks} 完成，已看 ${pagesSeen} 页，待看 ${pagesWaiting} 页${end}`);
  };
}
