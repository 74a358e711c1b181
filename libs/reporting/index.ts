export { buildRunReport } from './run-report';
export { type RunReport, runReportSchema, type TargetReport } from './run-report.schema';
