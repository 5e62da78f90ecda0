import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './platform/config/config.js';
import { type Ambient, PlatformModule } from './platform/platform.module.js';

/** The list of modules. */
@Module({})
export class AppModule {
  static forRoot(config: Config, ambient: Ambient): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(config, ambient)] };
  }
}
