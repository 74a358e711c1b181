import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { DatabaseUnavailableError } from '#libs/domain';
import { House } from '../dependencies';
import { OpenToAll } from '../users/signed-in';
import { HealthAnswer } from './health.schema';

/** For whoever watches the process; tells nothing of what is in it. */
@ApiTags('health')
@OpenToAll()
@Controller('health')
export class HealthController {
  constructor(private readonly house: House) {}

  @Get('live')
  @ApiOperation({ operationId: 'isLive', summary: 'The process answers' })
  @ZodResponse({ status: 200, type: HealthAnswer })
  live() {
    return { status: 'ok' as const };
  }

  @Get('ready')
  @ApiOperation({ operationId: 'isReady', summary: 'The database answers too; 503 when it does not' })
  @ZodResponse({ status: 200, type: HealthAnswer })
  async ready() {
    try {
      await this.house.db.query('select 1');
    } catch (cause) {
      throw new DatabaseUnavailableError('its address', { cause });
    }
    return { status: 'ok' as const };
  }
}
