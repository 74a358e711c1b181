import { type RunReport, type TargetReport } from '#libs/reporting';
import { jsonText, type Terminal } from './output';

/** How a report is printed and what of it makes a failure. */
export interface ReportOptions {
  readonly json: boolean;
  readonly failOn: 'flag' | null;
}

/** Prints a report: JSON alone on standard output, or a text for people. */
export function showReport(report: RunReport, options: Pick<ReportOptions, 'json'>, terminal: Terminal): void {
  terminal.out(options.json ? jsonText(report) : reportText(report));
}

function reportText(report: RunReport): string {
  const { warcFiles, bytes, treeSize, root } = report.evidence;
  const lines = [
    `巡查批次 ${report.run.id}  规则包 ${report.run.rulePack}@${report.run.rulePackVersion}  判断日 ${report.run.asOf}`,
    ...report.targets.flatMap(targetLines),
    '',
    `证据：WARC ${warcFiles} 个，${bytes} 字节；日志 ${treeSize} 条，根 ${root}`,
  ];
  return `${lines.join('\n')}\n`;
}

function targetLines(target: TargetReport): string[] {
  const { coverage } = target;
  return [
    '',
    `【${target.platform}】${target.channel} ${target.url}`,
    `  已看 ${coverage.pagesSeen}/${coverage.pagesKnown} 页，访问 ${target.visits.length} 次，未覆盖 ${coverage.gaps.length} 处`,
    ...target.findings.map(findingLine),
    ...(target.findings.length === 0 ? ['  没有线索'] : []),
    ...coverage.gaps.map((gap) => `  未覆盖 ${gap.code}：${gap.url}${gap.detail ? `（${gap.detail}）` : ''}`),
  ];
}

function findingLine(finding: TargetReport['findings'][number]): string {
  const what = finding.absence ? `未见披露项 ${finding.absence.items.join('、')}` : `“${finding.quote ?? ''}”`;
  const verdict = finding.verdict === 'flag' ? '疑似' : '待看';
  return `  ${finding.severity} ${verdict} ${finding.ruleId} ${what} ×${finding.occurrences} ${finding.url}`;
}
