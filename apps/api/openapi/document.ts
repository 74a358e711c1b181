import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { Problem } from '../problems/problem';
import { describeAnswers } from './answers';
import { COOKIE } from '../users/signed-in';

/** Describes the service as OpenAPI 3.1. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('明察 Mingcha')
    .setDescription(
      'Marketing-compliance monitor for supervisors of lending platforms. Sign in at /api/session; what changes something is asked for from the same origin. Times are RFC 3339 in UTC. Every failure is application/problem+json.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addCookieAuth(COOKIE, { type: 'apiKey', in: 'cookie', name: COOKIE }, 'session')
    .addSecurityRequirements('session')
    .addGlobalResponse({
      status: 'default',
      description: 'failure',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, outline, { extraModels: [Problem] });
  const clean = cleanupOpenApiDoc(document, { version: '3.1' });
  describeAnswers(clean);
  return clean;
}
