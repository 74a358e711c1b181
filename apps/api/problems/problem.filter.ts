import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { ERROR_TABLE, kindOf } from '#libs/domain';
import { House } from '../dependencies';
import { problemOf } from './problem';

/** Answers every failure as `application/problem+json`; the only place of the api that reads the error table. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly house: House) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const told = problemOf(error);
    const fields = { method: request.method, path: request.path, status: told.status, code: told.code };
    if (told.status >= 500) this.house.log.error('request.failed', error, fields);
    else if (ERROR_TABLE[kindOf(error)].level === 'warn') this.house.log.warn('request.failed', fields);
    if (response.headersSent) {
      response.destroy(); // half an answer must not look like a whole one
      return;
    }
    if (told.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(told.retryAfterSeconds));
    response.setHeader('Cache-Control', 'no-store');
    response.status(told.status).type('application/problem+json').send(JSON.stringify(told));
  }
}
