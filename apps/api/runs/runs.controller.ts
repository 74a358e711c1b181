import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { type RegionScope, NotFoundError, type RunId } from '#libs/domain';
import { type ListedRun, type ListedTask, RunListRepository } from '#libs/persistence';
import { House } from '../dependencies';
import { fromCursor, toCursor } from '../paging/cursor';
import { id, OneOf, utc } from '../paging/fields';
import { Scope } from '../users/signed-in';
import { RunReportBody } from './run-report.schema';
import { RunAnswer, RunPageAnswer, RunQuery } from './run.schema';

const MOST_GAPS = 200;
const key = z.strictObject({ startedAt: z.iso.datetime(), id });

/** Runs (巡查批次) and what each saw. */
@ApiTags('runs')
@Controller('api/runs')
export class RunsController {
  constructor(
    private readonly runs: RunListRepository,
    private readonly house: House,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRuns', summary: 'The latest first' })
  @ZodResponse({ status: 200, type: RunPageAnswer })
  async list(@Query() query: RunQuery, @Scope() scope: RegionScope) {
    const after = fromCursor(query.cursor, key);
    const page = await this.runs.runs(scope, { limit: query.limit, after });
    return { runs: page.runs.map(listed), next: toCursor(page.next) };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'showRun', summary: 'One run, target by target, with its gaps' })
  @ZodResponse({ status: 200, type: RunAnswer })
  async show(@Param() path: OneOf, @Scope() scope: RegionScope) {
    const run = await this.seen(path.id, scope);
    const targets = [];
    for (const task of await this.runs.tasksOf(run.id, scope)) targets.push(await this.described(task));
    return { ...listed(run), targets };
  }

  @Get(':id/report')
  @ApiOperation({ operationId: 'reportRun', summary: 'The run report; targets outside the scope are left out' })
  @ZodResponse({ status: 200, type: RunReportBody })
  async report(@Param() path: OneOf, @Scope() scope: RegionScope) {
    const run = await this.seen(path.id, scope);
    const names = new Set((await this.runs.tasksOf(run.id, scope)).map((task) => task.platformName));
    const report = await this.house.buildRunReport(run.id);
    const targets = report.targets.filter((target) => names.has(target.platform));
    return { ...report, targets };
  }

  private async seen(runId: string, scope: RegionScope): Promise<ListedRun> {
    const run = await this.runs.run(runId as RunId, scope);
    if (run === null) throw new NotFoundError('run', runId);
    return run;
  }

  private async described(task: ListedTask) {
    const gaps = await this.runs.gapsOf(task.id, MOST_GAPS);
    const { id, channel, url, state, failure, findings } = task;
    return {
      ...{ id, channel, url, state, failure, findings },
      platform: { id: task.platformId, name: task.platformName },
      coverage: { ...covered(task), places: await this.runs.placesOf(task.id) },
      visits: await this.runs.outcomesOf(task.id),
      gaps: { total: gaps.total, first: gaps.gaps.map((gap) => ({ ...gap, at: utc(gap.at) })) },
      disclosure: await this.runs.disclosureOf(task.id),
    };
  }
}

function covered({ pagesKnown, pagesSeen }: { pagesKnown: number; pagesSeen: number }) {
  return { score: pagesKnown === 0 ? 0 : pagesSeen / pagesKnown, pagesKnown, pagesSeen };
}

function listed(run: ListedRun) {
  const { id, trigger, rulePack, rulePackVersion, gaps, findings } = run;
  return {
    ...{ id, trigger, rulePack, rulePackVersion, gaps, findings },
    startedAt: utc(run.startedAt),
    finishedAt: utc(run.finishedAt),
    tasks: { total: run.tasks, done: run.tasksDone, failed: run.tasksFailed },
    coverage: covered(run),
  };
}
