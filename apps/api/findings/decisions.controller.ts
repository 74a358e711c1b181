import { createHash } from 'node:crypto';
import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { type FindingId, NotFoundError, type RegionScope, RequestInvalidError } from '#libs/domain';
import { FindingListRepository } from '#libs/persistence';
import { House } from '../dependencies';
import { OneOf } from '../paging/fields';
import { OnceOnly } from '../users/once-only';
import { accountOf, OpenTo, type SignedInRequest } from '../users/signed-in';
import { DecisionAnswer, DecisionBody } from './finding.schema';

/** What people decide of findings. */
@ApiTags('findings')
@Controller('api/findings/:id/decision')
export class DecisionsController {
  constructor(
    private readonly findings: FindingListRepository,
    private readonly onceOnly: OnceOnly,
    private readonly house: House,
  ) {}

  @Post()
  @OpenTo('monitor', 'verifier', 'reviewer')
  @ApiOperation({ operationId: 'decideFinding', summary: 'Decide one finding as it was read, named by its revision' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'the revision that was read, in double quotes' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '8 to 100 characters; sent twice, done once' })
  @ZodResponse({ status: 200, type: DecisionAnswer })
  async decide(
    @Param() path: OneOf,
    @Body() body: DecisionBody,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) response: Response,
  ) {
    const account = accountOf(request);
    const scope = { prefix: account.region };
    const order = {
      findingId: path.id as FindingId,
      decision: body.decision,
      reason: body.reason ?? null,
      note: body.note ?? null,
      duplicateOf: (body.duplicateOf ?? null) as FindingId | null,
      revision: revisionOf(request.get('if-match')),
      accountId: account.id,
    };
    await this.refuseUnseen([order.findingId, order.duplicateOf], scope);
    const digest = createHash('sha256').update(JSON.stringify(order)).digest('hex');
    const write = { accountId: account.id, key: keyOf(request.get('idempotency-key')), request: digest };
    const answer = await this.onceOnly.answer(write, async () => {
      const revision = await this.house.decide({ ...order, at: this.house.now() });
      this.house.log.info('finding.decided', { finding: path.id, decision: body.decision, account: account.id });
      return { id: path.id, decision: body.decision, revision };
    });
    response.setHeader('ETag', `"${answer.revision}"`);
    return answer;
  }

  /** What lies outside the scope is as if it were not there, also as the original of a duplicate. */
  private async refuseUnseen(ids: readonly (FindingId | null)[], scope: RegionScope): Promise<void> {
    for (const id of ids) {
      if (id !== null && (await this.findings.finding(id, scope)) === null) throw new NotFoundError('finding', id);
    }
  }
}

function revisionOf(header: string | undefined): number {
  const digits = /^"(\d{1,9})"$/.exec(header ?? '')?.[1];
  if (digits !== undefined) return Number(digits);
  const message = 'must be the revision that was read, in double quotes: "3"';
  throw new RequestInvalidError([{ field: 'If-Match', message }]);
}

function keyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (/^[\x21-\x7e]{8,100}$/.test(header)) return header;
  throw new RequestInvalidError([{ field: 'Idempotency-Key', message: 'must be 8 to 100 printable characters' }]);
}
