import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { type RegionScope } from '#libs/domain';
import { type ListedPlatform, PlatformRepository } from '#libs/persistence';
import { utc } from '../paging/fields';
import { Scope } from '../users/signed-in';
import { PlatformsAnswer } from './platform.schema';

/** Platforms (网贷机构) under supervision. */
@ApiTags('platforms')
@Controller('api/platforms')
export class PlatformsController {
  constructor(private readonly platforms: PlatformRepository) {}

  @Get()
  @ApiOperation({ operationId: 'listPlatforms', summary: 'All platforms inside the scope, by name' })
  @ZodResponse({ status: 200, type: PlatformsAnswer })
  async list(@Scope() scope: RegionScope) {
    return { platforms: (await this.platforms.platforms(scope)).map(listed) };
  }
}

function listed(platform: ListedPlatform) {
  const { S1 = 0, S2 = 0, S3 = 0, S4 = 0 } = platform.undecided;
  return {
    ...platform,
    targets: [...platform.targets],
    undecided: { S1, S2, S3, S4 },
    lastRun: platform.lastRun === null ? null : { id: platform.lastRun.id, startedAt: utc(platform.lastRun.startedAt) },
  };
}
