import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { projectRoot } from '#libs/config';
import { Log } from '#libs/telemetry';
import { ApiModule } from './api.module';
import { type ApiDependencies } from './dependencies';
import { openApiOf } from './openapi/document';

/** Writes `docs/openapi.json`; with `--check` it only says whether the file is what the service describes. */
async function main(isCheck: boolean): Promise<void> {
  const file = path.join(projectRoot(), 'docs', 'openapi.json');
  // in preview Nest builds no instance, so nothing of this is ever used
  const nothing = { store: {}, log: new Log('silent') } as unknown as ApiDependencies;
  const app = await NestFactory.create(ApiModule.with(nothing), { preview: true, logger: false, abortOnError: false });
  const text = `${JSON.stringify(openApiOf(app), null, 2)}\n`;
  if (!isCheck) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write('docs/openapi.json is not what the service describes; run npm run openapi\n');
    process.exitCode = 1;
  }
}

void main(process.argv.includes('--check'));
