import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ZodSerializerInterceptor } from 'nestjs-zod';
import { EvidenceStore } from '#libs/evidence';
import { AccountRepository, FindingListRepository, PlatformRepository, RunListRepository } from '#libs/persistence';
import { type ApiDependencies, House } from './dependencies';
import { EvidenceModule } from './evidence/evidence.module';
import { FindingsModule } from './findings/findings.module';
import { HealthModule } from './health/health.module';
import { PlatformsModule } from './platforms/platforms.module';
import { ProblemFilter } from './problems/problem.filter';
import { RequestPipe } from './problems/request.pipe';
import { RunsModule } from './runs/runs.module';
import { UsersModule } from './users/users.module';

/** What every resource may ask for by its class. */
@Module({})
class HouseModule {
  static with(dependencies: ApiDependencies): DynamicModule {
    const db = dependencies.store.pool;
    const providers = [
      { provide: House, useValue: new House(dependencies) },
      { provide: EvidenceStore, useValue: dependencies.evidence },
      { provide: AccountRepository, useValue: new AccountRepository(db) },
      { provide: FindingListRepository, useValue: new FindingListRepository(db) },
      { provide: PlatformRepository, useValue: new PlatformRepository(db) },
      { provide: RunListRepository, useValue: new RunListRepository(db) },
    ];
    return { module: HouseModule, global: true, providers, exports: providers };
  }
}

/** The HTTP service: one module per resource, and what stands before and behind all of them. */
@Module({})
export class ApiModule {
  static with(dependencies: ApiDependencies): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        HouseModule.with(dependencies),
        UsersModule,
        EvidenceModule,
        FindingsModule,
        HealthModule,
        PlatformsModule,
        RunsModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: RequestPipe },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
      ],
    };
  }
}
