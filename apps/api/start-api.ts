import { type AddressInfo, type Server } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { type NextFunction, type Request, type Response } from 'express';
import { ApiModule } from './api.module';
import { type ApiDependencies } from './dependencies';
import { openApiOf } from './openapi/document';
import { serveConsole } from './serve-console';

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

function setHeaders(request: Request, response: Response, next: NextFunction): void {
  response.setHeaders(new Map(Object.entries(HEADERS)));
  if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Puts the service together without listening. */
export async function createApi(dependencies: ApiDependencies): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(dependencies), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.use(setHeaders);
  app.use(cookieParser());
  app.useBodyParser('json', { limit: '1mb' });
  const document = JSON.stringify(openApiOf(app));
  app.use('/api/openapi.json', (_: Request, response: Response) => void response.type('json').send(document));
  if (dependencies.consoleDirectory !== null) serveConsole(app, dependencies.consoleDirectory);
  return app;
}

/**
 * Starts the service and resolves when it answers.
 *
 * @param where Port 0 takes any free one; the address given back tells which.
 */
export async function startApi(
  dependencies: ApiDependencies,
  where: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  const app = await createApi(dependencies);
  await app.listen(where.port, where.host);
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const host = where.host.includes(':') ? `[${where.host}]` : where.host;
  const url = `http://${host}:${port}`;
  dependencies.log.info('process.started', { url });
  return { url, close: () => app.close() };
}
