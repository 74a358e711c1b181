import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { type z } from 'zod';
import { type Evidence, type EvidenceId, NotFoundError, type RegionScope, type SealedPart } from '#libs/domain';
import { EvidenceStore } from '#libs/evidence';
import { PlatformRepository } from '#libs/persistence';
import { OneOf } from '../paging/fields';
import { Scope } from '../users/signed-in';
import { EvidenceAnswer } from './evidence.schema';

/** Only these go out as pictures; anything else a page made of its own is bytes to be saved. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Evidence (证据) as it was sealed. Captured markup is never sent as something a browser would run. */
@ApiTags('evidence')
@Controller('api/evidence/:id')
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceStore,
    private readonly platforms: PlatformRepository,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'showEvidence', summary: 'The sealed record with its leaf hash and place in the log' })
  @ZodResponse({ status: 200, type: EvidenceAnswer })
  async show(@Param() path: OneOf, @Scope() scope: RegionScope) {
    const { platform, evidence } = await this.seen(path.id, scope);
    const { id, index, leafHash, record } = evidence;
    const url = (part: 'screenshot' | 'dom'): string | null =>
      partOf(evidence, part) === undefined ? null : `/api/evidence/${id}/${part}`;
    return {
      ...{ id, index, leafHash },
      record: record as unknown as z.input<typeof EvidenceAnswer.schema>['record'], // its outcome is a word of the domain
      platform: { id: platform.id, name: platform.name },
      runId: platform.runId,
      screenshotUrl: url('screenshot'),
      domUrl: url('dom'),
    };
  }

  @Get('screenshot')
  @ApiOperation({ operationId: 'showScreenshot', summary: 'The picture as it was sealed, digest checked' })
  @ApiProduces('image/png', 'image/jpeg', 'image/webp')
  @ApiOkResponse({ content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } })
  async screenshot(@Param() path: OneOf, @Scope() scope: RegionScope, @Res({ passthrough: true }) response: Response) {
    const part = await this.partSeen(path.id, 'screenshot', scope);
    const bytes = await this.evidence.read(path.id as EvidenceId, 'screenshot');
    const isPicture = PICTURES.has(part.mediaType);
    lockDown(response, part);
    return new StreamableFile(bytes, {
      type: isPicture ? part.mediaType : 'application/octet-stream',
      disposition: isPicture ? 'inline' : `attachment; filename="${path.id}.bin"`,
    });
  }

  @Get('dom')
  @ApiOperation({ operationId: 'saveDom', summary: 'The rendered document as it was sealed, as text to be saved' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async dom(@Param() path: OneOf, @Scope() scope: RegionScope, @Res({ passthrough: true }) response: Response) {
    const part = await this.partSeen(path.id, 'dom', scope);
    const bytes = await this.evidence.read(path.id as EvidenceId, 'dom');
    lockDown(response, part);
    return new StreamableFile(bytes, {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="${path.id}.html.txt"`,
    });
  }

  private async seen(evidenceId: string, scope: RegionScope) {
    const platform = await this.platforms.shownBy(evidenceId, scope);
    if (platform === null) throw new NotFoundError('evidence', evidenceId);
    return { platform, evidence: await this.evidence.get(evidenceId as EvidenceId) };
  }

  private async partSeen(evidenceId: string, name: 'screenshot' | 'dom', scope: RegionScope): Promise<SealedPart> {
    const part = partOf((await this.seen(evidenceId, scope)).evidence, name);
    if (part === undefined) throw new NotFoundError(`${name} of evidence`, evidenceId);
    return part;
  }
}

function partOf(evidence: Evidence, name: SealedPart['name']): SealedPart | undefined {
  return evidence.record.parts.find((part) => part.name === name);
}

/** Whatever the bytes are, a browser runs nothing of them and shows them to no other site. */
function lockDown(response: Response, part: SealedPart): void {
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'private, max-age=300'); // sealed bytes do not change; five minutes spare a walk through a list
  response.setHeader('ETag', `"${part.sha256}"`);
}
