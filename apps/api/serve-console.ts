import path from 'node:path';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type NextFunction, type Request, type Response } from 'express';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Serves the built console at `/`. Its views are addresses too, so every page asked for by a browser gets its start page. */
export function serveConsole(app: NestExpressApplication, directory: string): void {
  // the names of built files hold a digest of their content
  app.useStaticAssets(path.join(directory, 'assets'), { prefix: '/assets/', maxAge: YEAR_MS, immutable: true });
  const startPage = path.resolve(directory, 'index.html');
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isView = request.method === 'GET' && !/^\/(api|health|assets)(\/|$)/.test(request.path);
    if (!isView || request.accepts(['html', 'json']) !== 'html') {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(startPage, { cacheControl: false }, (error) => {
      if (error) next(error);
    });
  });
}
