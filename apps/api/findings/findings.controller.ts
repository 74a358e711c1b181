import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { type FindingId, NotFoundError, type PlatformId, type RegionScope, type RunId } from '#libs/domain';
import { FindingListRepository } from '#libs/persistence';
import { House } from '../dependencies';
import { fromCursor, toCursor } from '../paging/cursor';
import { id, OneOf } from '../paging/fields';
import { Scope } from '../users/signed-in';
import { listed, placed, remembered } from './finding-words';
import { FindingAnswer, FindingPageAnswer, FindingQuery } from './finding.schema';

const MOST_PLACES = 100;
const key = z.strictObject({ severity: z.string().max(2), firstSeenAt: z.iso.datetime(), id });

/** Findings (线索) as people read them. */
@ApiTags('findings')
@Controller('api/findings')
export class FindingsController {
  constructor(
    private readonly findings: FindingListRepository,
    private readonly house: House,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listFindings', summary: 'The gravest first, then the newest' })
  @ZodResponse({ status: 200, type: FindingPageAnswer })
  async list(@Query() query: FindingQuery, @Scope() scope: RegionScope) {
    const { limit, cursor, platform, rule, severity, decision, presence, verdict, run } = query;
    const after = fromCursor(cursor, key);
    const filter = {
      platformId: platform as PlatformId | undefined,
      ruleId: rule,
      severities: severity,
      decisions: decision,
      presences: presence,
      verdict,
      runId: run as RunId | undefined,
    };
    const page = await this.findings.findings(filter, scope, { limit, after });
    const counted = await this.findings.countBySeverity(filter, scope);
    const count = (of: 'S1' | 'S2' | 'S3' | 'S4'): number => counted.get(of) ?? 0;
    const counts = { S1: count('S1'), S2: count('S2'), S3: count('S3'), S4: count('S4') };
    return {
      findings: page.findings.map((finding) => listed(finding, this.house)),
      next: toCursor(page.next),
      counts: { ...counts, total: counts.S1 + counts.S2 + counts.S3 + counts.S4 },
    };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'showFinding', summary: 'One finding; its revision is also the ETag' })
  @ZodResponse({ status: 200, type: FindingAnswer })
  async show(@Param() path: OneOf, @Scope() scope: RegionScope, @Res({ passthrough: true }) response: Response) {
    const findingId = path.id as FindingId;
    const finding = await this.findings.finding(findingId, scope);
    if (finding === null) throw new NotFoundError('finding', path.id);
    const places = await this.findings.placesOf(findingId, MOST_PLACES);
    const history = await this.findings.eventsOf(findingId);
    response.setHeader('ETag', `"${finding.revision}"`);
    return {
      ...listed(finding, this.house),
      legalBasis: [...finding.legalBasis],
      duplicateOf: finding.duplicateOf,
      places: places.map(placed),
      history: history.map(remembered),
    };
  }
}
